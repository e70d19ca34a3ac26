import { Client } from "@modelcontextprotocol/client";
import { InMemoryTransport } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine.js";
import { createServer } from "../../src/server/create-server.js";
import { limitedEngine } from "../../src/server/limits/limited-engine.js";
import { type Shared, serverParts, sharedParts } from "../../src/server/server-parts.js";
import { readSettings } from "../../src/settings.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";
import { needAws, needProgram } from "../provision/needs.js";
import { limitsOf } from "./limits/limit-bench.js";

let bench: Bench;
let small: Bench;
const clients: Client[] = [];
beforeAll(() => {
  needProgram("groff");
  bench = benchMachine({ cli: needAws() });
  small = benchMachine({ cli: needAws(), maxOutput: 2000 });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(() => {
  bench.remove();
  small.remove();
});

/** A principal of a server, who asks for the help of `s3 cp`. */
const principal = async (shared: Shared, engine: Engine) => {
  const parts = serverParts({ ...bench, engine }, readSettings({}), {}, shared, { principal: "token:one" });
  const [mine, its] = InMemoryTransport.createLinkedPair();
  serveStdio(() => createServer(parts), { transport: its });
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  clients.push(client);
  await client.connect(mine);
  return async () => {
    const names = { service: "s3", command: "cp" };
    const { content, structuredContent, isError } = await client.callTool({ name: "aws_cli_help", arguments: names });
    const [first] = content;
    const text = first?.type === "text" ? first.text : "";
    expect(structuredContent).toEqual({ help_text: text, policy: engine.policy });
    return { isError: isError === true, text };
  };
};

const LAST_WORDS = /\n +CP\(\)\s*$/;
const READ_ON = "hint: read on in the part that you need: `aws s3 cp help | grep -A 20 PATTERN`";

describe("aws_cli_help, where a page is cut", () => {
  it("says so, and gives nobody else what one principal's bytes have left of it", async () => {
    const shared = sharedParts(bench.machine);
    const poor = await principal(shared, limitedEngine(bench.engine, limitsOf({ bytes: 5000 })));
    const rich = await principal(shared, bench.engine);
    const cut = await poor();
    expect(cut.isError).toBe(false);
    expect(cut.text.split("\n").slice(-3)).toEqual([
      expect.stringMatching(/^cut: the page has at least \d+ more bytes$/),
      "warning: the output was cut and its command stopped: outputs may come to 5000 bytes in a minute (the operator's AWS_MCP_BYTES_PER_MINUTE), and more may be drawn in 60 seconds",
      READ_ON,
    ]);
    const whole = await rich();
    expect(whole.text.length).toBeGreaterThan(10_000);
    expect(whole.text).not.toContain("\ncut: ");
    expect(whole.text).toMatch(LAST_WORDS);
    expect(whole.text.startsWith(cut.text.slice(0, 2000))).toBe(true);
    expect(await poor()).toEqual(whole);
  });

  it("says so where an answer holds no more, and names a command that may run", async () => {
    const shared = sharedParts(bench.machine);
    const short = await principal(shared, small.engine);
    const whole = await principal(shared, bench.engine);
    const lines = (await short()).text.split("\n");
    expect(lines.slice(-2)).toEqual([expect.stringMatching(/^cut: the page has \d{5} more bytes$/), READ_ON]);
    expect((await whole()).text).toMatch(LAST_WORDS);
    const hinted = /`([^`]*)`/.exec(READ_ON)?.[1] ?? "";
    expect(await bench.engine.check(hinted, { signal: new AbortController().signal })).toMatchObject({
      verdict: "allow",
    });
  });
});
