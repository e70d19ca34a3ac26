import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { authInfoOf } from "../../src/http/auth/auth-info.js";
import type { Endpoint } from "../../src/http/endpoint.js";
import type { ServerParts } from "../../src/server/create-server.js";
import type { Principal } from "../../src/server/principal-of.js";
import { createRuns } from "../../src/server/runs.js";
import { serverParts, sharedParts } from "../../src/server/server-parts.js";
import { readSettings } from "../../src/settings.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";

/** An endpoint that listens in this process; whose a request is, its header `x-who` says: `NAME` or `NAME read`. */
export type EndpointBench = {
  readonly url: (path: string) => URL;
  /** The calls that are under way. */
  readonly underWay: () => number;
  readonly close: () => Promise<void>;
};

/** @param cli path of the AWS CLI */
export const listenWith = async (endpoint: Endpoint, cli: string): Promise<EndpointBench> => {
  const bench = benchMachine({ cli, operator: { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" } });
  const known = new Map<string, ServerParts>();
  let underWay = 0;
  const runs = createRuns();
  const track: typeof runs.track = async (signal, work) => {
    underWay += 1;
    return runs.track(signal, work).finally(() => {
      underWay -= 1;
    });
  };
  const partsOf = (who: string): ServerParts => {
    const old = known.get(who);
    if (old !== undefined) return old;
    const parts = partsFor(bench, { ...runs, track }, who.split(" ", 1)[0] ?? "");
    known.set(who, parts);
    return parts;
  };
  const server = createServer((request, response) => {
    const who = String(request.headers["x-who"]);
    const [name = "", access] = who.split(" ");
    const principal: Principal = { name, access: access === "read" ? "read" : "write" };
    void endpoint.serve(request, response, { parts: partsOf(who), authInfo: authInfoOf(principal) });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => new URL(`http://127.0.0.1:${port}${path}`),
    underWay: () => underWay,
    close: async () => {
      await endpoint.close();
      await runs.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      bench.machine.directories.remove();
      bench.remove();
    },
  };
};

const partsFor = (bench: Bench, runs: ReturnType<typeof createRuns>, principal: string): ServerParts =>
  serverParts(bench, readSettings({}), {}, { ...sharedParts(bench.machine), runs }, { principal });
