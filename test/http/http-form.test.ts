import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { CHUNKED, HEALTH, LENGTH, message, onlyAnswer, SMUGGLED, withLines } from "./http-texts.js";
import { CHECK, dataOf, eras, modern, postCall } from "./mcp-requests.js";
import { openRaw, sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { stopWell, type Use, useOf, warmUp } from "./well.js";

let server: HttpServer;
let before: Use;

beforeAll(async () => {
  server = await startHttpServer({ AWS_MCP_HTTP_AUTH: "none", ...UNCONFINED });
  await warmUp(server);
  before = useOf(server.pid);
});

afterAll(() => stopWell(server, before));

describe("the first line", () => {
  // RFC 9112, 3; RFC 9110, 9.1, 15.5.15 and 15.6.6.
  it.each([
    ["HTTP/2.0", 505],
    ["HTTP/0.9", 505],
    ["HTTP/1.2", 505],
    ["HTTP/3", 505],
    ["HTTP/1.1 x", 505],
    ["http/1.1", 400],
  ])("with %s is refused with %i", async (version, status) => {
    expect(await sendRaw(server.port, `${HEALTH.replace("HTTP/1.1", version)}\r\n`)).toMatchObject({ status });
  });

  it.each([
    "GET\t/healthz HTTP/1.1",
    "GET /a b HTTP/1.1",
    "GET mcp HTTP/1.1",
    "GET /\xe9 HTTP/1.1",
    "XYZ / HTTP/1.1",
    "get / HTTP/1.1",
  ])("%j is refused with 400", async (line) => {
    const request = Buffer.from(`${line}\r\nHost: localhost\r\n\r\n`, "latin1");
    expect(await sendRaw(server.port, request)).toMatchObject({ status: 400 });
  });

  it.each([
    ["TLS", Buffer.from("16030100a5010000a10303", "hex")],
    ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["SMTP", "EHLO evil.example\r\n"],
    ["SSH", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["zeros", new Uint8Array(100)],
  ])("may not be %s", async (_, bytes) => {
    expect(await onlyAnswer(server.port, bytes)).toEqual({ status: 400, connection: "close", end: "ended" });
  });

  it("of HTTP/0.9 is not answered as one", async () => {
    expect(await sendRaw(server.port, "GET /healthz\r\n\r\n")).toMatchObject({ status: 505 });
  });

  it("may come after an empty line", async () => {
    expect(await sendRaw(server.port, `\r\n${HEALTH}\r\n`)).toMatchObject({ status: 200 });
  });

  it("of 100,000 characters is refused with 431", async () => {
    expect(await onlyAnswer(server.port, `GET /${"a".repeat(100_000)} HTTP/1.1\r\n\r\n`)).toEqual({
      ...{ status: 431, connection: "close", end: "ended" },
    });
  });

  // RFC 9110, 9.3.6 and 9.3.8.
  it.each(["TRACE", "CONNECT", "PROPFIND", "LINK", "M-SEARCH", "PURGE", "QUERY"])(
    "with the method %s is refused with 501",
    async (method) => {
      const target = method === "CONNECT" ? "evil.example:443" : "/mcp";
      const answer = await sendRaw(
        server.port,
        `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nX-Secret: canary\r\n\r\n`,
      );
      expect(answer.status).toBe(501);
      expect(answer.body).not.toContain("canary");
    },
  );
});

describe("headers", () => {
  it.each([
    ["one of 100,000 characters", `X: ${"a".repeat(100_000)}\r\n`],
    ["10,000", "a: b\r\n".repeat(10_000)],
    ["3,000 of two characters", "a:\r\n".repeat(3_000)],
    ["300", "a: b\r\n".repeat(300)],
  ])("that are too many or too long are refused with 431: %s", async (_, lines) => {
    expect(await sendRaw(server.port, withLines(`${lines}${LENGTH}`))).toMatchObject({ status: 431 });
  });

  // A parser that ignored those beyond some number would not see who asks.
  it("are read to the last one", async () => {
    const many = "a: b\r\n".repeat(200);
    expect(await sendRaw(server.port, withLines(`${many}${LENGTH}`))).toMatchObject({ status: 200 });
    const evil = `${many}Origin: https://evil.example\r\n`;
    expect(await sendRaw(server.port, withLines(`${evil}${LENGTH}`))).toMatchObject({ status: 403 });
  });
});

describe("HTTP/1.0", () => {
  it("is served where the request has a host, and the connection ends", async () => {
    const request = `${HEALTH.replace("HTTP/1.1", "HTTP/1.0")}\r\n`;
    expect(await onlyAnswer(server.port, request)).toEqual({ status: 200, connection: "close", end: "ended" });
    for (const era of eras) {
      const call = postCall(era, CHECK).toString().replace("HTTP/1.1", "HTTP/1.0");
      const connection = await openRaw(server.port);
      connection.send(call);
      expect(dataOf(await connection.answer())).toMatchObject({ verdict: "allow" });
    }
  });
});

describe("an upgrade", () => {
  // RFC 9110, 7.8: a server may ignore it.
  it.each([
    [
      "websocket",
      "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n",
    ],
    ["h2c", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"],
    ["TLS/1.2", "Connection: upgrade\r\nUpgrade: TLS/1.2\r\n"],
  ])("to %s does not happen", async (_, lines) => {
    expect(await sendRaw(server.port, `${HEALTH}${lines}\r\n`)).toMatchObject({ status: 200, body: "ok\n" });
    const answer = await sendRaw(server.port, withLines(`${lines}${LENGTH}`));
    expect({ status: answer.status, verdict: dataOf(answer)?.verdict }).toEqual({ status: 200, verdict: "allow" });
  });
});

describe("a client that waits for 100 (Continue)", () => {
  const ask = async (lines: string) => {
    const connection = await openRaw(server.port);
    connection.send(withLines(lines, ""));
    return connection;
  };

  // RFC 9110, 10.1.1.
  it("is told to go on, and then answered", async () => {
    const connection = await ask(`Expect: 100-continue\r\n${LENGTH}`);
    expect(await connection.answer()).toMatchObject({ status: 100 });
    connection.send(message);
    expect(dataOf(await connection.answer())).toMatchObject({ verdict: "allow" });
    connection.socket.destroy();
  });

  it.each([
    ["too much is to come", "Content-Length: 104857600\r\n", 413],
    ["it comes from a strange page", `Origin: https://evil.example\r\n${LENGTH}`, 403],
    ["what is to come is packed", `Content-Encoding: gzip\r\n${LENGTH}`, 415],
  ])("is refused before where %s", async (_, lines, status) => {
    const connection = await ask(`Expect: 100-continue\r\n${lines}`);
    expect(await connection.answer()).toMatchObject({ status });
    connection.socket.destroy();
  });

  it("may not wait for anything else", async () => {
    const connection = await ask(`Expect: more\r\n${LENGTH}`);
    expect(await connection.answer()).toMatchObject({ status: 417 });
    connection.socket.destroy();
  });
});

describe("requests on one connection", () => {
  it("are answered in their order", async () => {
    const connection = await openRaw(server.port);
    const commands = ["echo a", "echo a | cat", "aws s3 ls", "echo b"];
    const calls = commands.map((command, index) =>
      postCall(eras[index % 2] ?? modern, { name: "aws_cli_check", arguments: { command } }),
    );
    connection.send(Buffer.concat(calls));
    const answers: unknown[] = [];
    for (const _ of commands) answers.push(dataOf(await connection.answer())?.canonical);
    expect(answers).toEqual([[["echo", "a"]], [["echo", "a"], ["cat"]], [["aws", "s3", "ls"]], [["echo", "b"]]]);
    connection.socket.destroy();
  });

  // RFC 9112, 9.6.
  it("end with the one that closes the connection, and with one that is refused", async () => {
    expect(await onlyAnswer(server.port, `GET /x HTTP/1.1\r\nHost: evil.example\r\n\r\n${HEALTH}\r\n`)).toEqual({
      ...{ status: 403, connection: "close", end: "ended" },
    });
    const request = `${HEALTH}Connection: close\r\n\r\n${HEALTH}\r\n`;
    expect(await onlyAnswer(server.port, request)).toEqual({ status: 200, connection: "close", end: "ended" });
  });

  it("end where one of them is broken, after the answers to those before it", async () => {
    const connection = await openRaw(server.port);
    connection.send(postCall(modern, CHECK));
    expect(await connection.answer()).toMatchObject({ status: 200 });
    connection.send(withLines(`Content-Length: 4\r\n${CHUNKED}`, `0\r\n\r\n${SMUGGLED}`));
    expect(await connection.answer()).toMatchObject({ status: 400 });
    expect(await connection.closed).toBe("ended");
    connection.socket.destroy();
  });

  it("may be some, and not any number", async () => {
    const some = await openRaw(server.port);
    some.send(Buffer.concat(Array.from({ length: 15 }, () => postCall(modern, CHECK))));
    for (let each = 0; each < 15; each += 1) expect(dataOf(await some.answer())).toMatchObject({ verdict: "allow" });
    some.socket.destroy();
    const many = await openRaw(server.port);
    many.send(Buffer.concat(Array.from({ length: 500 }, () => postCall(modern, CHECK))));
    expect(await many.closed).toBe("reset");
  });
});
