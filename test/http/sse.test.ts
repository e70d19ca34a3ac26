import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCommand } from "../server/processes.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { type Events, eventsOf } from "./session-events.js";
import { callOf, headersOf, INITIALIZE } from "./session-raw.js";
import { makeTokens, type Tokens } from "./session-tokens.js";
import { until } from "./session-until.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

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

const start = (more: Readonly<Record<string, string>> = {}): Promise<HttpServer> =>
  startHttpServer({
    ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: slowAws },
    ...{ ...UNCONFINED, ...tokens.settings, AWS_MCP_TRANSPORT: "sse", AWS_MCP_DRAIN: "1", ...more },
  });

type Stream = Events & { readonly path: string };

const open = async ({ url }: HttpServer, token: string): Promise<Stream> => {
  const events = eventsOf(await fetch(url, { headers: headersOf(token) }));
  await until(() => events.text().includes("\n\n"));
  return { ...events, path: /^event: endpoint\ndata: (\S+)\n\n/.exec(events.text())?.[1] ?? "" };
};

const post = ({ url }: HttpServer, path: string, token: string, message: unknown): Promise<Response> =>
  fetch(new URL(path, url), { method: "POST", headers: headersOf(token), body: JSON.stringify(message) });

describe("the server of HTTP+SSE", () => {
  it("warns the operator that the transport is deprecated, and says where it listens", async () => {
    const server = await start();
    const told = server.events().filter(({ event }) => event === "warning");
    expect(told.map(({ message }) => message)).toContainEqual(expect.stringContaining("deprecated"));
    expect(server.url.pathname).toBe("/sse");
    expect(await server.stop()).toBe(0);
  });

  it("serves nothing at the paths of the other transport", async () => {
    const server = await start();
    const answer = await post(server, "/mcp", tokens.alice, INITIALIZE);
    expect(answer.status).toBe(404);
    await server.stop();
  });

  it("lets only the token that has opened a stream send to it", async () => {
    const server = await start();
    const stream = await open(server, tokens.alice);
    for (const [token, status] of [
      ["awsp_wrong", 401],
      [tokens.bob, 404],
      [tokens.reader, 404],
      [tokens.alice, 202],
    ] as const)
      expect([token, (await post(server, stream.path, token, INITIALIZE)).status]).toEqual([token, status]);
    expect(await stream.message(({ id }) => id === 0)).toMatchObject({ result: { serverInfo: { name: "awspipe" } } });
    await server.stop();
  });

  it("names a path that a proxy with a prefix passes on", async () => {
    const server = await start({ AWS_MCP_PUBLIC_URL: "https://tools.example.com/aws/sse" });
    const { path } = await open(server, tokens.alice);
    expect(path).toMatch(/^\/aws\/messages\?session=[0-9a-f]{32}&/);
    await server.stop();
  });

  it("closes its streams and what runs for them when it is told to stop", async () => {
    const server = await start();
    const stream = await open(server, tokens.alice);
    await post(server, stream.path, tokens.alice, INITIALIZE);
    await stream.message(({ id }) => id === 0);
    await post(server, stream.path, tokens.alice, callOf(1, "aws ec2 describe-availability-zones | cat"));
    await until(() => withCommand(slowAws).length > 0);
    const told = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - told).toBeLessThan(8000);
    await stream.ended;
    expect(withCommand(slowAws)).toEqual([]);
  });
});
