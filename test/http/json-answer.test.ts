import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCommand } from "../server/processes.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, dataOf, legacy, messagesOf, post, postCall } from "./mcp-requests.js";
import { openRaw, type RawAnswer, sendRaw } from "./raw-http.js";
import { until } from "./session-until.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";

let slowAws: string;
let server: HttpServer;

beforeAll(async () => {
  slowAws = makeSlowAws();
  server = await startHttpServer({
    ...{ AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_MCP_AWS_CLI: slowAws },
    ...{ AWS_MCP_HTTP_AUTH: "none", ...UNCONFINED },
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(dirname(slowAws), { recursive: true, force: true });
});

const send = (body: unknown): Promise<RawAnswer> =>
  sendRaw(server.port, post({ headers: legacy.headers({}), body: JSON.stringify(body) }));
const typeOf = ({ headers }: RawAnswer) => headers["content-type"];

const call = (id: number | string, more: object = {}) => legacy.call({ ...CHECK, ...more }, id);
const PROGRESS = { _meta: { progressToken: "p" } };

describe("a request of the protocols of 2025", () => {
  it("is answered with JSON in one piece where it asks for no progress", async () => {
    const answer = await send(call(1));
    expect([answer.status, typeOf(answer)]).toEqual([200, "application/json"]);
    expect(Number(answer.headers["content-length"])).toBe(Buffer.byteLength(answer.body));
    expect(dataOf(answer)).toMatchObject({ verdict: "allow" });
  });

  it("is answered with a stream where it asks for progress", async () => {
    const answer = await send(call(1, PROGRESS));
    expect([answer.status, typeOf(answer)]).toEqual([200, "text/event-stream"]);
    expect(answer.body).toMatch(/^id: awspipe\..+\nretry: 500\nevent: message\ndata: /);
    expect(dataOf(answer)).toMatchObject({ verdict: "allow" });
  });

  it("has the answers of all in one body, as JSON where none asks for progress", async () => {
    const [plain, asking] = [await send([call(1), call("b")]), await send([call(1), call("b", PROGRESS)])];
    expect([typeOf(plain), typeOf(asking)]).toEqual(["application/json", "text/event-stream"]);
    for (const answer of [plain, asking])
      expect(new Set(messagesOf(answer).map(({ id }) => id))).toEqual(new Set([1, "b"]));
  });

  it("is answered with JSON where it is wrong, and where it begins", async () => {
    const unknown = await send({ jsonrpc: "2.0", id: 1, method: "no/such" });
    expect([unknown.status, typeOf(unknown)]).toEqual([200, "application/json"]);
    expect(messagesOf(unknown)).toMatchObject([{ id: 1, error: { code: -32_601 } }]);
    const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } };
    const begun = await send({ jsonrpc: "2.0", id: 1, method: "initialize", params });
    expect(typeOf(begun)).toBe("application/json");
    expect(messagesOf(begun)).toMatchObject([{ result: { protocolVersion: "2025-06-18" } }]);
    expect(await send({ jsonrpc: "2.0", method: "notifications/initialized" })).toMatchObject({
      status: 202,
      body: "",
    });
  });

  it("ends its call when its client goes", async () => {
    const client = await openRaw(server.port);
    client.send(
      postCall(legacy, { name: "aws_cli_pipeline", arguments: { command: "aws ec2 describe-regions | cat" } }),
    );
    await until(() => withCommand(slowAws).some(({ command }) => command.includes("describe-regions")));
    client.socket.destroy();
    await until(() => !withCommand(slowAws).some(({ command }) => command.includes("describe-regions")));
    expect(server.events().filter(({ event }) => event === "bug")).toEqual([]);
  });

  it("gets the rest of a stream that was lost from any server: that nobody knows", async () => {
    const [, id = ""] = /^id: (.+)$/m.exec((await send(call(1, PROGRESS))).body) ?? [];
    const get = { method: "GET", headers: { accept: "text/event-stream", "last-event-id": id } };
    const answer = await sendRaw(server.port, post(get));
    expect([answer.status, typeOf(answer)]).toEqual([200, "text/event-stream"]);
    expect(messagesOf(answer)).toMatchObject([{ id: 1, error: { message: /^the connection broke before/ } }]);
    expect(
      await sendRaw(server.port, post({ ...get, headers: { ...get.headers, "last-event-id": "x" } })),
    ).toMatchObject({ status: 405 });
  });
});
