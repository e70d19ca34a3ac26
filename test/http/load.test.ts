import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Call, crowd } from "../../bench/http-clients.js";
import { below } from "../server/processes.js";
import { UNCONFINED } from "../unconfined.js";
import { sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { mustBeWell, type Use, useOf, warmUp } from "./well.js";

let server: HttpServer;
let before: Use;

beforeAll(async () => {
  server = await startHttpServer({ AWS_MCP_HTTP_AUTH: "none", AWS_MCP_CALLS_PER_MINUTE: "1000000", ...UNCONFINED });
  await warmUp(server);
  before = useOf(server.pid);
});

afterAll(() => server.stop());

const callOf = (client: number): Call => ({
  era: client % 2 === 0 ? "2026-07-28" : "2025-11-25",
  ...(client % 10 < 8
    ? { tool: "aws_cli_check", command: "aws ec2 describe-instances | head -3" }
    : { tool: "aws_cli_pipeline", command: "echo hello | wc -c" }),
});

describe("a server that 100 clients call at once", () => {
  it("answers every call, and probes meanwhile, and keeps nothing of it", async () => {
    let isOver = false;
    const probes = (async () => {
      const times: number[] = [];
      while (!isOver) {
        const started = Date.now();
        expect(await sendRaw(server.port, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")).toMatchObject({ status: 200 });
        times.push(Date.now() - started);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return times;
    })();
    const { calls, errors } = await crowd(server.url, 100, 5_000, callOf);
    isOver = true;
    const times = await probes;
    expect([...errors]).toEqual([]);
    expect(calls).toBeGreaterThan(100);
    // A kubelet waits for one second by default, and gives up after the third time.
    expect(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.9)]).toBeLessThan(1_000);
    expect(below(server.pid)).toEqual([]);
    await mustBeWell(server, before, 200);
  });
});
