import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hashToken } from "../../src/http/auth/tokens/hash-token.js";
import { newToken } from "../../src/http/auth/tokens/new-token.js";
import { tokenLine } from "../../src/http/auth/tokens/token-entry.js";
import { CHECK, legacy } from "./mcp-requests.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

const TOKENS = { loud: newToken(), calm: newToken() };
const CALLS = 60;

let folder: string;
let server: HttpServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  const line = (name: string, token: string) => `${tokenLine(name, "read", hashToken(token))}\n`;
  const file = join(folder, "tokens");
  writeFileSync(file, line("loud", TOKENS.loud) + line("calm", TOKENS.calm), { mode: 0o600 });
  server = await startHttpServer({ AWS_MCP_TOKEN_FILE: file, AWS_MCP_CALLS_PER_MINUTE: String(CALLS) });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const agent = new Agent({ keepAlive: true, maxSockets: 300 });

/** Sends a call and gives the text of its answer. */
const send = (token: string, call: typeof CHECK): Promise<string> => {
  const message = legacy.call(call);
  const headers = { ...legacy.headers(message), authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const sent = request(server.url, { method: "POST", agent, headers }, async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString());
    });
    sent.on("error", reject);
    sent.end(JSON.stringify(message));
  });
};

it("answers others, and writes a line a second, while one whose calls are used up sends long texts", async () => {
  for (let sent = 0; sent < CALLS; sent++) await send(TOKENS.loud, CHECK);
  const long = { name: "aws_cli_check", arguments: { command: "key= ".repeat(12_000) } };
  const wide = { name: "aws_cli_pipeline", arguments: { command: long.arguments.command, regions: ["nowhere-1"] } };
  expect(await send(TOKENS.loud, long)).toContain("calls-exhausted");
  const linesOf = () => server.events().filter(({ audit, principal }) => audit === 1 && principal === "token:loud");
  const before = linesOf().length;
  const started = performance.now();
  let refused = 0;
  const loop = async (at: number): Promise<void> => {
    // What is measured is the server, and not how long this process takes to open so many connections.
    await new Promise((resolve) => setTimeout(resolve, at * 8));
    while (performance.now() - started < 5000) {
      await send(TOKENS.loud, at % 5 === 0 ? wide : long);
      refused += 1;
    }
  };
  const loud = Promise.all(Array.from({ length: 250 }, (_, at) => loop(at)));
  let answered = 0;
  while (performance.now() - started < 4500) {
    expect(await send(TOKENS.calm, CHECK)).toContain("verdict: allow");
    answered += 1;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await loud;
  const took = performance.now() - started;
  expect(refused).toBeGreaterThanOrEqual(250);
  expect(answered).toBeGreaterThan(0);
  const lines = linesOf().slice(before);
  expect(lines.length).toBeLessThanOrEqual(took / 1000 + 2);
  for (const line of lines) expect(line).toMatchObject({ asked: "", status: "refused" });
  await expect
    .poll(
      () =>
        linesOf()
          .slice(before)
          .reduce((sum, { repeated }) => sum + 1 + Number(repeated ?? 0), 0),
      { timeout: 3000 },
    )
    .toBe(refused);
});
