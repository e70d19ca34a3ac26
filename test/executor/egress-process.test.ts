import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AWS_SUFFIXES } from "../../src/egress/aws-suffixes.js";
import { type EgressOptions, type EgressProcess, egressProcess } from "../../src/executor/egress-process.js";
import { type FifoPool, fifoPool } from "../../src/executor/fifo-pool.js";
import { egressMain, until } from "../egress/egress-program.js";
import { basic, tunnelTo } from "../egress/proxy-clients.js";
import { findProgram } from "../provision/find-program.js";
import { needProgram } from "../provision/needs.js";

let folder: string;
let pool: FifoPool;
let egress: EgressProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-egress-"));
  pool = fifoPool(folder, findProgram("mkfifo") ?? "");
});
afterEach(async () => {
  await egress?.stop();
  rmSync(folder, { recursive: true });
});

const egressWith = (changes: Partial<EgressOptions> = {}): EgressProcess => {
  egress = egressProcess({
    settings: {
      rules: { suffixes: AWS_SUFFIXES, endpoint: undefined },
      upstreams: { http: undefined, https: undefined },
      direct: [],
    },
    pool,
    main: egressMain("proxy-main"),
    launcher: async () => [],
    socketPath: undefined,
    certificates: undefined,
    ...changes,
  });
  return egress;
};

const started = async (of: EgressProcess) => {
  const running = await of.running();
  if (!running.ok) throw new Error(running.error);
  return running.value;
};

const isAlive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

describe("egressProcess", () => {
  it("starts one proxy for all who ask, with the first", async () => {
    const one = egressWith();
    const [first, second] = await Promise.all([started(one), started(one)]);
    const third = await started(one);
    expect([second, third]).toEqual([first, first]);
    const answer = await tunnelTo(first, "sts.amazonaws.com:443", basic("run-1", "not the token"));
    expect([answer.status, isAlive(first.pid)]).toEqual([407, true]);
  });

  it("tells of each run which connections did not come about", async () => {
    const one = egressWith();
    const { port, token } = await started(one);
    await tunnelTo({ port }, "evil.example:443", basic("run-1", token));
    await tunnelTo({ port }, "127.0.0.1:80", basic("run-2", token));
    await tunnelTo({ port }, "sts.amazonaws.com:444", basic("run-1", token));
    await until(() => one.eventsOf("run-1").length + one.eventsOf("run-2").length === 3);
    expect(one.eventsOf("run-1")).toEqual([
      {
        event: "egress-refused",
        run: "run-1",
        host: "evil.example",
        port: 443,
        code: "egress-host",
        message: "`evil.example` is no host of AWS's",
      },
      {
        event: "egress-refused",
        run: "run-1",
        host: "sts.amazonaws.com",
        port: 444,
        code: "egress-port",
        message: "port 444 of `sts.amazonaws.com` is not AWS's, 443 is",
      },
    ]);
    expect([one.eventsOf("run-2").map(({ host }) => host), one.eventsOf("run-3")]).toEqual([["127.0.0.1"], []]);
  });

  it("starts anew when the proxy has died, with the same token and the same socket", async () => {
    const socketPath = join(folder, "proxy.sock");
    const one = egressWith({ socketPath });
    const first = await started(one);
    process.kill(first.pid, "SIGKILL");
    await until(async () => (await started(one)).pid !== first.pid);
    const second = await started(one);
    const answer = await tunnelTo({ path: socketPath }, "evil.example:443", basic("run-1", first.token));
    expect([second.pid === first.pid, second.token === first.token, answer.status]).toEqual([false, true, 403]);
  });

  it("ends the proxy when it is stopped, and starts none after that", async () => {
    const one = egressWith();
    const { pid } = await started(one);
    await one.stop();
    expect([isAlive(pid), await one.running()]).toEqual([false, { ok: false, error: "the egress proxy was stopped" }]);
  });

  it("says why there is no proxy, and tries again when it is asked again", async () => {
    writeFileSync(join(folder, "ends.cjs"), "process.exit(3);");
    const one = egressWith({ main: join(folder, "ends.cjs") });
    const reason = 'the egress proxy ended: {"kind":"exited","code":3}';
    expect([await one.running(), await one.running()]).toEqual([
      { ok: false, error: reason },
      { ok: false, error: reason },
    ]);
  });

  it("starts the proxy by the launcher's words, as the same process", async () => {
    const one = egressWith({ launcher: async () => [needProgram("setpriv"), "--pdeathsig", "KILL", "--"] });
    const { pid } = await started(one);
    expect(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, 2)).toEqual([
      process.execPath,
      egressMain("proxy-main"),
    ]);
  });

  it("gives the proxy an environment of one variable at most", async () => {
    const plain = egressWith();
    const { pid } = await started(plain);
    const bare = readFileSync(`/proc/${pid}/environ`, "utf8");
    await plain.stop();
    const vouched = egressWith({ certificates: "/etc/ssl/certs/ca-certificates.crt" });
    const other = readFileSync(`/proc/${(await started(vouched)).pid}/environ`, "utf8");
    expect([bare, other]).toEqual(["", "NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt\0"]);
  });
});
