import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "../../src/http/auth/tokens/hash-token.js";
import { newToken } from "../../src/http/auth/tokens/new-token.js";
import { tokenLine } from "../../src/http/auth/tokens/token-entry.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, type Era, eras, legacy, type Message, messagesOf, modern, post, postCall } from "./mcp-requests.js";
import { openRaw, type RawAnswer, sendRaw } from "./raw-http.js";
import { until } from "./session-until.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

const TOKENS = { loud: newToken(), calm: newToken() };
const auth = (name: keyof typeof TOKENS) => ({ authorization: `Bearer ${TOKENS[name]}` });
const SLOW = { name: "aws_cli_pipeline", arguments: { command: "aws ec2 describe-regions | cat" } };

let folder: string;
let slowAws: string;
let server: HttpServer;

const start = (more: Readonly<Record<string, string>>): Promise<HttpServer> =>
  startHttpServer({
    ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: slowAws },
    ...{ AWS_MCP_TOKEN_FILE: join(folder, "tokens"), AWS_MCP_CALLS_PER_MINUTE: "100000", AWS_MCP_DRAIN: "0" },
    ...{ ...UNCONFINED, ...more },
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  slowAws = makeSlowAws();
  const line = (name: keyof typeof TOKENS) => `${tokenLine(name, "write", hashToken(TOKENS[name]))}\n`;
  writeFileSync(join(folder, "tokens"), line("loud") + line("calm"), { mode: 0o600 });
  server = await start({});
});

afterAll(async () => {
  await server.stop();
  for (const each of [folder, dirname(slowAws)]) rmSync(each, { recursive: true, force: true });
});

const send = (body: unknown): Promise<RawAnswer> =>
  sendRaw(server.port, post({ headers: { ...legacy.headers({}), ...auth("loud") }, body: JSON.stringify(body) }));

const ping = (id: number | string, more: object = {}): Message => ({ jsonrpc: "2.0", id, method: "ping", ...more });
const check = (id: number | string, more: object = {}): Message => legacy.call({ ...CHECK, ...more }, id);
const cancel = (requestId: unknown): Message => ({
  ...{ jsonrpc: "2.0", method: "notifications/cancelled" },
  params: { requestId },
});
const PROGRESS = { _meta: { progressToken: "p" } };

const CANCELS = "a batch with requests cannot cancel any; close the connection to end a call";
const TWICE = "two requests of one batch have the same id";

describe("a batch of a client without a session", () => {
  it.each<[string, readonly Message[], string]>([
    ["cancels its request", [ping(1), cancel(1)], CANCELS],
    ["cancels its request before it", [cancel(1), check(1)], CANCELS],
    ["cancels its request and has another", [check(1), cancel(1), check("b")], CANCELS],
    ["cancels its request, which asks for progress", [check(1, PROGRESS), cancel(1)], CANCELS],
    ["cancels one of several that ask for progress", [check(1, PROGRESS), check(2), cancel(2)], CANCELS],
    ["cancels a request that it does not have", [ping(1), cancel("1")], CANCELS],
    ["cancels nothing", [ping(1), { jsonrpc: "2.0", method: "notifications/cancelled" }], CANCELS],
    ["has two requests with one id", [ping(1), check(1)], TWICE],
    ["has two requests with one id, of which one is cancelled", [check(1, PROGRESS), cancel(1), ping(1)], TWICE],
  ])("is refused where it %s", async (_, batch, message) => {
    const answer = await send(batch);
    expect([answer.status, messagesOf(answer)]).toEqual([
      400,
      [{ jsonrpc: "2.0", error: { code: -32_000, message }, id: null }],
    ]);
  });

  it("is served with other notifications, and with ids of two types", async () => {
    const answer = await send([ping(1), { jsonrpc: "2.0", method: "notifications/roots/list_changed" }, ping("1")]);
    expect(messagesOf(answer).map(({ id }) => id)).toEqual([1, "1"]);
    expect(await send([cancel(1), cancel(1)])).toMatchObject({ status: 202, body: "" });
    expect(await send(cancel(1))).toMatchObject({ status: 202, body: "" });
  });
});

/** Sends 260 calls that last, and then others, while nobody of those is answered. */
const crowded = async (port: number, eraOf: (at: number) => Era): Promise<void> => {
  const clients = await Promise.all(Array.from({ length: 1028 }, () => openRaw(port)));
  const refused: RawAnswer[] = [];
  for (const [at, client] of clients.entries()) {
    client.send(postCall(eraOf(at), SLOW, auth("loud")));
    client.answer().then(
      (answer) => refused.push(answer),
      () => undefined,
    );
  }
  await until(() => refused.length === 4);
  const error = { code: -32_000, message: "1024 requests of this principal are under way" };
  for (const answer of refused)
    expect([answer.status, messagesOf(answer)]).toEqual([429, [{ jsonrpc: "2.0", error, id: null }]]);
  const statusOf = async (name: keyof typeof TOKENS) =>
    (await sendRaw(port, postCall(eraOf(0), CHECK, auth(name)))).status;
  expect([await statusOf("loud"), await statusOf("calm")]).toEqual([429, 200]);
  expect(refused).toHaveLength(4);
  for (const { socket } of clients) socket.destroy();
  let status = 429;
  for (let tries = 0; status === 429 && tries < 100; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    status = await statusOf("loud");
  }
  expect(status).toBe(200);
};

describe("a principal with a thousand requests under way", () => {
  it("is refused more in all protocols together, while others are served, until its clients have gone", () =>
    crowded(server.port, (at) => eras[at % 2] ?? modern));

  it("is refused more beside sessions", async () => {
    const other = await start({ AWS_MCP_HTTP_SESSIONS: "on" });
    try {
      await crowded(other.port, () => modern);
    } finally {
      await other.stop();
    }
  });
});
