import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { streamableEndpoint } from "../../src/http/streamable-endpoint.js";
import { modernRequest } from "../server/approval-raw.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { type EndpointBench, listenWith } from "./session-bench.js";
import { callOf } from "./session-raw.js";
import { until } from "./session-until.js";

const SLOW = "aws ec2 describe-regions | cat";

let slowAws: string;
let bench: EndpointBench;
beforeAll(() => {
  slowAws = makeSlowAws();
});
afterAll(() => rmSync(dirname(slowAws), { recursive: true, force: true }));
beforeEach(async () => {
  bench = await listenWith(streamableEndpoint(10_000), slowAws);
});
afterEach(() => bench.close());

setFlagsFromString("--expose-gc");
// V8's own function, which takes nothing and gives nothing.
const cleanUp = runInNewContext("gc") as () => void;

const modern = modernRequest({ command: SLOW });

describe.each([
  [
    "2026-07-28",
    modern,
    { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": modern.params.name },
  ],
  ["the 2025 era", callOf(1, SLOW), {}],
] as const)("a request of %s that stands for itself", (_, message, headers) => {
  it("ends when its client leaves, though memory has been cleaned up since", async () => {
    const stop = new AbortController();
    const answer = fetch(bench.url("/mcp"), {
      method: "POST",
      headers: {
        ...{ "x-who": "alice", "content-type": "application/json", accept: "application/json, text/event-stream" },
        ...headers,
      },
      body: JSON.stringify(message),
      signal: stop.signal,
    }).catch(() => undefined);
    await until(() => bench.underWay() === 1);
    for (let times = 0; times < 5; times += 1) {
      cleanUp();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(bench.underWay()).toBe(1);
    stop.abort();
    // Before the next sign of life, which would find it too.
    await until(() => bench.underWay() === 0, 5000);
    await answer;
  });
});
