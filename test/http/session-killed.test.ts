import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCommand } from "../server/processes.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { makeTokens, type Tokens } from "./session-tokens.js";
import { until } from "./session-until.js";
import { startHttpServer } from "./start-http-server.js";

const CALLER = fileURLToPath(new URL("programs/session-caller.mjs", import.meta.url));

const OPERATION = "describe-availability-zones";

let tokens: Tokens;
let slowAws: string;

beforeAll(() => {
  tokens = makeTokens();
  slowAws = makeSlowAws();
});

afterAll(() => {
  tokens.remove();
  rmSync(dirname(slowAws), { recursive: true, force: true });
});

describe.each([
  ["HTTP+SSE", "sse", { AWS_MCP_TRANSPORT: "sse" }],
  ["Streamable HTTP of 2025 with sessions", "2025", { AWS_MCP_HTTP_SESSIONS: "on" }],
  ["Streamable HTTP of 2025 without sessions", "2025", {}],
  ["Streamable HTTP of 2026-07-28", "2026", {}],
] as const)("over %s, a client that is killed", (_, way, settings) => {
  it("leaves no process behind, though its commands ignore TERM", async () => {
    const server = await startHttpServer({
      ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: slowAws },
      ...{ ...UNCONFINED, ...tokens.settings, ...settings },
    });
    const calls = () => withCommand(slowAws).filter(({ command }) => command.includes(OPERATION)).length;
    const clients = [tokens.alice, tokens.bob, tokens.alice].map((token) =>
      spawn(process.execPath, [CALLER, way, server.url.href, token, `aws ec2 ${OPERATION} | cat`], { stdio: "ignore" }),
    );
    try {
      await until(() => calls() === clients.length);
      clients[0]?.kill("SIGKILL");
      await until(() => calls() === clients.length - 1);
      for (const client of clients) client.kill("SIGKILL");
      await until(() => withCommand(slowAws).length === 0);
    } finally {
      for (const client of clients) client.kill("SIGKILL");
    }
    expect(await server.stop()).toBe(0);
  });
});
