import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { CHUNKED, hex, LENGTH, message, onlyAnswer, SMUGGLED, withLines } from "./http-texts.js";
import { dataOf } from "./mcp-requests.js";
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
    expect(await onlyAnswer(server.port, withLines(lines, body))).toEqual({
      status: 400,
      connection: "close",
      end: "ended",
    });
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
    expect(await onlyAnswer(server.port, withLines(CHUNKED, body))).toEqual({
      status: 400,
      connection: "close",
      end: "ended",
    });
  });

  it("is refused where extensions of chunks have no end", async () => {
    const answer = await onlyAnswer(server.port, withLines(CHUNKED, `4;${"a".repeat(20_000)}\r\nabcd\r\n0\r\n\r\n`));
    expect(answer).toEqual({ status: 413, connection: "close", end: "ended" });
  });

  // RFC 9112, 6.1.
  it("is refused with 501 where its coding is not known", async () => {
    expect(await onlyAnswer(server.port, withLines("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"))).toMatchObject(
      {
        status: 501,
      },
    );
  });

  it("is refused with 400 where HTTP/1.0 has a transfer coding", async () => {
    const request = withLines(CHUNKED, "0\r\n\r\n").replace("HTTP/1.1", "HTTP/1.0");
    expect(await onlyAnswer(server.port, request)).toMatchObject({ status: 400, connection: "close" });
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
    expect(
      await onlyAnswer(server.port, withLines(CHUNKED, `${hex}\r\n${message}\r\n0\r\n${trailers}\r\n`)),
    ).toMatchObject({
      end: "ended",
    });
  });
});
