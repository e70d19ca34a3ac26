import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, dataOf, eras, modern, postCall } from "./mcp-requests.js";
import { openRaw, sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { mustBeWell, type Use, useOf, warmUp } from "./well.js";

let server: HttpServer;
let before: Use;

beforeAll(async () => {
  server = await startHttpServer({ AWS_MCP_HTTP_AUTH: "none", ...UNCONFINED });
  await warmUp(server);
  before = useOf(server.pid);
});

afterAll(async () => {
  await mustBeWell(server, before);
  await server.stop();
});

const message = JSON.stringify(modern.call(CHECK));
const JSON_HEADERS = Object.entries(modern.headers(modern.call(CHECK)))
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join("");

/** A request that would be answered, were it not for the lines in its middle. */
const withLines = (lines: string, body = message) =>
  `POST /mcp HTTP/1.1\r\nHost: localhost\r\n${JSON_HEADERS}${lines}\r\n${body}`;

const LENGTH = `Content-Length: ${Buffer.byteLength(message)}\r\n`;
const CHUNKED = "Transfer-Encoding: chunked\r\n";
const HEALTH = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
const hex = Buffer.byteLength(message).toString(16);
/** A request within the body of another, which must never be answered. */
const SMUGGLED = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: smuggled\r\n\r\n";

/** The only answer on a connection, and how it ends after that. */
const onlyAnswer = async (bytes: string | Uint8Array) => {
  const connection = await openRaw(server.port);
  connection.send(bytes);
  const { status, headers } = await connection.answer();
  const end = await connection.closed;
  await expect(connection.answer()).rejects.toThrow("no answer, but ``");
  connection.socket.destroy();
  return { status, connection: headers.connection, end };
};

describe("a message whose end is not certain", () => {
  // RFC 9112, 6.1 to 6.3 and 11.2.
  it.each([
    ["Content-Length before Transfer-Encoding", `Content-Length: 4\r\n${CHUNKED}`, `0\r\n\r\n${SMUGGLED}`],
    ["Transfer-Encoding before Content-Length", `${CHUNKED}Content-Length: 4\r\n`, `5c\r\n${SMUGGLED}\r\n0\r\n\r\n`],
    ["two lengths", `${LENGTH}Content-Length: 4\r\n`, message],
    ["the same length twice", `${LENGTH}${LENGTH}`, message],
    ["a list of lengths", "Content-Length: 4, 4\r\n", "abcd"],
    ["a length with a sign", "Content-Length: +4\r\n", "abcd"],
    ["a negative length", "Content-Length: -1\r\n", "abcd"],
    ["a length in hex", "Content-Length: 0x4\r\n", "abcd"],
    ["a length with a fraction", "Content-Length: 4.0\r\n", "abcd"],
    ["an empty length", "Content-Length:\r\n", "abcd"],
    ["a length beyond all numbers", `Content-Length: ${"9".repeat(30)}\r\n`, "abcd"],
    ["a coding that is almost chunked", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"],
    ["chunked in the middle", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"],
    ["chunked twice", "Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"],
    ["two codings in two lines", `${CHUNKED}Transfer-Encoding: identity\r\n`, "0\r\n\r\n"],
    ["a coding in quotes", 'Transfer-Encoding: "chunked"\r\n', "0\r\n\r\n"],
    ["a coding on the next line", "Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"],
    ["a coding behind a vertical tab", "Transfer-Encoding: \x0bchunked\r\n", "0\r\n\r\n"],
    ["a space before the colon", "Content-Length : 4\r\n", "abcd"],
    ["a space before the name", " Content-Length: 4\r\n", "abcd"],
    ["a length on the next line", "X: a\r\n Content-Length: 4\r\n", "abcd"],
    ["lines that end with LF", "Content-Length: 4\nX: a\r\n", "abcd"],
    ["lines that end with CR", "Content-Length: 4\rX: a\r\n", "abcd"],
    ["NUL in a header", "X: a\0b\r\nContent-Length: 4\r\n", "abcd"],
    ["a header without a colon", "X\r\nContent-Length: 4\r\n", "abcd"],
    ["a header without a name", ": a\r\nContent-Length: 4\r\n", "abcd"],
  ])("is refused with 400 and the connection, for %s", async (_, lines, body) => {
    expect(await onlyAnswer(withLines(lines, body))).toEqual({ status: 400, connection: "close", end: "ended" });
  });

  // RFC 9112, 7.1.
  it.each([
    ["no number", "zz\r\nabcd\r\n0\r\n\r\n"],
    ["no size", "\r\nabcd\r\n0\r\n\r\n"],
    ["a negative size", "-4\r\nabcd\r\n0\r\n\r\n"],
    ["0x", "0x4\r\nabcd\r\n0\r\n\r\n"],
    ["a size beyond all numbers", `${"F".repeat(17)}\r\nabcd\r\n0\r\n\r\n`],
    ["a space behind it", "4 \r\nabcd\r\n0\r\n\r\n"],
    ["LF behind it", "4\nabcd\n0\n\n"],
    ["LF in an extension", "4;a\nxx\r\nabcd\r\n0\r\n\r\n"],
    ["more than it says", "4\r\nabcdXX\r\n0\r\n\r\n"],
    ["less than it says", "6\r\nabcd\r\n0\r\n\r\n"],
  ])("is refused with 400 and the connection, for a chunk with %s", async (_, body) => {
    expect(await onlyAnswer(withLines(CHUNKED, body))).toEqual({ status: 400, connection: "close", end: "ended" });
  });

  it("is refused where extensions of chunks have no end", async () => {
    const answer = await onlyAnswer(withLines(CHUNKED, `4;${"a".repeat(20_000)}\r\nabcd\r\n0\r\n\r\n`));
    expect(answer).toEqual({ status: 413, connection: "close", end: "ended" });
  });

  // RFC 9112, 6.1.
  it("is refused with 501 where its coding is not known", async () => {
    expect(await onlyAnswer(withLines("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"))).toMatchObject({
      status: 501,
    });
  });

  it("is refused with 400 where HTTP/1.0 has a transfer coding", async () => {
    const request = withLines(CHUNKED, "0\r\n\r\n").replace("HTTP/1.1", "HTTP/1.0");
    expect(await onlyAnswer(request)).toMatchObject({ status: 400, connection: "close" });
  });

  it("is refused where the client ends in its middle", async () => {
    for (const body of [message.slice(1), `${hex}\r\n${message}\r\n`]) {
      const connection = await openRaw(server.port);
      connection.send(withLines(body === message.slice(1) ? LENGTH : CHUNKED, body));
      connection.socket.end();
      expect(await connection.answer()).toMatchObject({ status: 400 });
    }
  });
});

describe("chunks", () => {
  const served = async (body: string) => {
    const answer = await sendRaw(server.port, withLines(CHUNKED, body));
    return { status: answer.status, verdict: dataOf(answer)?.verdict };
  };

  it.each([
    [
      "of any size",
      [...message]
        .map((letter) => `1\r\n${letter}\r\n`)
        .concat("0\r\n\r\n")
        .join(""),
    ],
    ["with zeros before their size", `0000${hex}\r\n${message}\r\n000\r\n\r\n`],
    ["with extensions", `${hex};a=b;c="d"\r\n${message}\r\n0;x\r\n\r\n`],
    [
      "with trailers, which say nothing",
      `${hex}\r\n${message}\r\n0\r\nHost: evil.example\r\nOrigin: https://evil.example\r\n\r\n`,
    ],
  ])("%s are read", async (_, body) => {
    expect(await served(body)).toEqual({ status: 200, verdict: "allow" });
  });

  it("with trailers that have no end are refused", async () => {
    const trailers = "X: abcdefgh\r\n".repeat(10_000);
    expect(await onlyAnswer(withLines(CHUNKED, `${hex}\r\n${message}\r\n0\r\n${trailers}\r\n`))).toMatchObject({
      end: "ended",
    });
  });
});

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
    expect(await onlyAnswer(bytes)).toEqual({ status: 400, connection: "close", end: "ended" });
  });

  it("of HTTP/0.9 is not answered as one", async () => {
    expect(await sendRaw(server.port, "GET /healthz\r\n\r\n")).toMatchObject({ status: 505 });
  });

  it("may come after an empty line", async () => {
    expect(await sendRaw(server.port, `\r\n${HEALTH}\r\n`)).toMatchObject({ status: 200 });
  });

  it("of 100,000 characters is refused with 431", async () => {
    expect(await onlyAnswer(`GET /${"a".repeat(100_000)} HTTP/1.1\r\n\r\n`)).toEqual({
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
    expect(await onlyAnswer(request)).toEqual({ status: 200, connection: "close", end: "ended" });
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
    expect(await onlyAnswer(`GET /x HTTP/1.1\r\nHost: evil.example\r\n\r\n${HEALTH}\r\n`)).toEqual({
      ...{ status: 403, connection: "close", end: "ended" },
    });
    const request = `${HEALTH}Connection: close\r\n\r\n${HEALTH}\r\n`;
    expect(await onlyAnswer(request)).toEqual({ status: 200, connection: "close", end: "ended" });
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
