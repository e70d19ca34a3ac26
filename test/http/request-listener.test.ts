import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Endpoint } from "../../src/http/endpoint.js";
import { createGuards } from "../../src/http/guards.js";
import { createHttpServer } from "../../src/http/http-server.js";
import { requestListener } from "../../src/http/request-listener.js";
import { createPrincipals } from "../../src/server/principals.js";
import { sharedParts } from "../../src/server/server-parts.js";
import { readSettings } from "../../src/settings.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";

let bench: Bench;
let server: ReturnType<typeof createHttpServer>;
let url: string;

// Begins a stream, and never ends it.
const endless: Endpoint = {
  paths: ["/mcp"],
  serve: async (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": begun\n\n");
  },
  close: async () => undefined,
};

beforeAll(async () => {
  bench = benchMachine();
  const { machine, book, seals, engine } = bench;
  const settings = readSettings({});
  const expiresAt = () => Math.ceil(Date.now() / 1000) + 1;
  server = createHttpServer(
    requestListener({
      readiness: { isReady: true },
      guards: createGuards(settings),
      authentication: {
        authenticate: async () => ({
          ...{ token: "", clientId: "ana", scopes: [], expiresAt: expiresAt() },
          extra: { principal: "oauth:ana", access: "write" },
        }),
        metadata: () => undefined,
        says: { auth: "none" },
      },
      principals: createPrincipals({
        ...{ settings, operator: {}, shared: sharedParts(machine), watch: (own) => ({ engine: own }) },
        started: { machine, book, seals, engine, engineAt: () => engine },
      }),
      endpoint: endless,
      maxBody: 1024,
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // An HTTP server that listens at a host and a port has such an address.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  bench.remove();
  bench.machine.directories.remove();
});

describe("requestListener", () => {
  it("ends a stream of events when the token that has opened it has expired", async () => {
    const stream = await fetch(url);
    expect(stream.status).toBe(200);
    const started = Date.now();
    await expect(stream.text()).rejects.toThrow("terminated");
    expect(Date.now() - started).toBeLessThan(10_000);
  });
});
