import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, dataOf, type Era, eras, legacy, messagesOf, modern, type Post, post } from "./mcp-requests.js";
import { sendRaw } from "./raw-http.js";
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

const send = (era: Era, body: string | Uint8Array, headers: Post["headers"] = {}) =>
  sendRaw(server.port, post({ headers: { ...era.headers(era.call(CHECK)), ...headers }, body }));

/** Status, code and id of an answer that is an error. */
const errorOf = async (era: Era, body: string | Uint8Array, headers: Post["headers"] = {}) => {
  const answer = await send(era, body, headers);
  const [{ error, id } = {}] = messagesOf(answer);
  return { status: answer.status, code: (error as { code: number } | undefined)?.code, id };
};

const DEEP = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
/** 200 MB. */
const BOMB = gzipSync(Buffer.alloc(200_000_000));
const DEEP_OBJECTS = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;

describe.each(eras.map((era) => ({ era, name: era.name })))("a body of $name", ({ era }) => {
  const good = JSON.stringify(era.call(CHECK));
  const call = (more: Readonly<Record<string, unknown>>) => JSON.stringify({ ...era.call(CHECK), ...more });
  const latin = (text: string) => Buffer.from(text, "latin1");

  // JSON-RPC 2.0, 5.1: -32700 where invalid JSON was received; RFC 8259, 8.1: UTF-8.
  it.each<[string, string | Uint8Array]>([
    ["empty", ""],
    ["cut off", "{"],
    ["a word", "canary"],
    ["followed by another", good + good],
    ["lines of JSON", `${good}\n${good}`],
    ["followed by NUL", `${good}\0`],
    ["with NUL in a string", good.replace("echo a", "echo \0a")],
    ["Latin-1", latin(good.replace("echo a", "echo \xe9"))],
    ["with an overlong form", latin(good.replace("echo a", "echo \xc0\xaf"))],
    ["with an encoded surrogate", latin(good.replace("echo a", "echo \xed\xa0\x80"))],
    ["cut off in a character", Buffer.concat([latin(good), Uint8Array.of(0xe2, 0x82)])],
    ["UTF-16", Buffer.from(good, "utf16le")],
  ])("that is %s is no JSON", async (_, body) => {
    expect(await errorOf(era, body)).toEqual({ status: 400, code: -32_700, id: null });
  });

  // JSON-RPC 2.0, 4 and 5: -32600, with the id where it could be read; MCP: an id is a string or an integer, never null.
  it.each<[string, string, unknown]>([
    ["null", "null", null],
    ["a number", "1", null],
    ["a string", '"a"', null],
    ["of version 1.0", call({ jsonrpc: "1.0" }), 1],
    ["of a version that is a number", call({ jsonrpc: 2 }), 1],
    ["without a version", call({ jsonrpc: undefined }), 1],
    ["with the id null", call({ id: null }), null],
    ["with the id true", call({ id: true }), null],
    ["with an object as id", call({ id: {} }), null],
    ["with a fraction as id", call({ id: 1.5 }), 1.5],
    ["with an id beyond all numbers", good.replace('"id":1', '"id":1e400'), null],
    ["with an id of 400 digits", good.replace('"id":1', `"id":${"9".repeat(400)}`), null],
    ["with an id of 100,000 brackets", good.replace('"id":1', `"id":${DEEP}`), null],
    ["with a number as method", call({ method: 1 }), null],
    ["with an object as method", call({ method: {} }), null],
    ["with an array as params", call({ params: [] }), 1],
    ["with a string as params", call({ params: "x" }), 1],
    ["with a member that JSON-RPC does not have", call({ more: 1 }), 1],
    ["with a prototype", good.replace("{", '{"__proto__":{"polluted":1},'), 1],
    ["an empty batch", "[]", null],
    ["100,000 brackets", DEEP, null],
    ["a batch with something else in it", `[${good},1]`, null],
    ["a batch of batches", `[[${good}]]`, null],
  ])("that is %s is no JSON-RPC", async (_, body, id) => {
    expect(await errorOf(era, body)).toEqual({ status: 400, code: -32_600, id });
  });

  it.each<[string, string | Uint8Array, unknown]>([
    ["has a mark of byte order", `\ufeff${good}`, 1],
    [
      "has names that mean something to JavaScript",
      good.replace('{"command"', '{"__proto__":{"a":1},"constructor":{"b":1},"command"'),
      1,
    ],
    ["has 100,000 brackets where anything may be", good.replace('"params":{', `"params":{"x":${DEEP},`), 1],
    ["has 50,000 objects where anything may be", good.replace('"params":{', `"params":{"x":${DEEP_OBJECTS},`), 1],
    ["has an id of 100,000 characters", call({ id: "x".repeat(100_000) }), "x".repeat(100_000)],
    ["says a thing twice, of which the last counts", good.replace('"id":1', '"id":7,"id":1'), 1],
  ])("is answered that %s", async (_, body, id) => {
    const answer = await send(era, body);
    expect({ status: answer.status, id: messagesOf(answer)[0]?.id, verdict: dataOf(answer)?.verdict }).toEqual({
      ...{ status: 200, id, verdict: "allow" },
    });
  });

  it.each([
    ["100,000 brackets", DEEP],
    ["50,000 objects", DEEP_OBJECTS],
    ["a number beyond all numbers", "1e999"],
    ["a number of 100,000 digits", "9".repeat(100_000)],
  ])("with %s as the command is told what is wrong", async (_, value) => {
    const answer = await send(era, good.replace('"echo a"', value));
    expect(answer.status).toBe(200);
    expect(messagesOf(answer)).toMatchObject([{ id: 1, result: { isError: true } }]);
  });

  it("with a command that no argument can hold is judged as every text is", async () => {
    const codes = ["\\u0000", "\\ud800"].map(async (half) =>
      dataOf(await send(era, good.replace("echo a", `echo ${half}`))),
    );
    expect((await Promise.all(codes)).map((data) => data?.code)).toEqual(["nul-character", "lone-surrogate"]);
  });

  it("without an id is a notification, which nothing comes of", async () => {
    expect(await send(era, call({ id: undefined }))).toMatchObject({ status: 202, body: "" });
  });

  // RFC 9110, 15.5.16.
  it.each([
    undefined,
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json-patch+json",
    "application/jsonx",
  ])("of type %s is of no type that is known", async (type) => {
    expect((await send(era, good, { "content-type": type })).status).toBe(415);
  });

  it.each(["application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;x=y"])(
    "of type %s is JSON",
    async (type) => {
      expect((await send(era, good, { "content-type": type })).status).toBe(200);
    },
  );

  // RFC 9110, 8.4 and 12.5.3.
  it.each(["gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip", "x"])(
    "packed by %s is not unpacked",
    async (coding) => {
      const answer = await send(era, BOMB, { "content-encoding": coding });
      expect(answer).toMatchObject({ status: 415, headers: { "accept-encoding": "identity" } });
      expect(useOf(server.pid).megabytes).toBeLessThan(before.megabytes + 200);
    },
  );

  it("that is said not to be packed is read", async () => {
    expect((await send(era, good, { "content-encoding": "identity" })).status).toBe(200);
  });
});

describe("a batch", () => {
  const [one = "", two = "", modernOne = ""] = [
    legacy.call(CHECK, 1),
    legacy.call(CHECK, 2),
    modern.call(CHECK, 1),
  ].map((call) => JSON.stringify(call));

  it("is answered in the protocols that had them", async () => {
    const answer = await send(legacy, `[${one},${two}]`, { "mcp-protocol-version": "2025-03-26" });
    expect(answer.status).toBe(200);
    expect(new Set(messagesOf(answer).map(({ id }) => id))).toEqual(new Set([1, 2]));
  });

  it("is not known to 2026-07-28", async () => {
    expect(await errorOf(modern, `[${modernOne}]`)).toEqual({ status: 400, code: -32_600, id: null });
  });

  it("has an end", async () => {
    const many = Array.from({ length: 101 }, (_, id) => JSON.stringify(legacy.call(CHECK, id)));
    expect(await errorOf(legacy, `[${many}]`)).toEqual({ status: 400, code: -32_600, id: null });
  });
});

describe("what a message is", () => {
  const good = modern.call(CHECK);

  // MCP 2026-07-28, Streamable HTTP, standard headers.
  it.each([
    ["another method", { "mcp-method": "tools/list" }],
    ["another tool", { "mcp-name": "aws_cli_read" }],
    ["another version", { "mcp-protocol-version": "2025-11-25" }],
    ["a version of the future", { "mcp-protocol-version": "2099-01-01" }],
    ["no method", { "mcp-method": undefined }],
    ["no tool", { "mcp-name": undefined }],
    ["no version", { "mcp-protocol-version": undefined }],
  ])("says its body, and headers with %s contradict it", async (_, headers) => {
    expect(await errorOf(modern, JSON.stringify(good), headers)).toEqual({ status: 400, code: -32_020, id: 1 });
  });

  it("says the last of two equal names", async () => {
    const twice = JSON.stringify(good).replace('"method":"tools/call"', '"method":"tools/call","method":"tools/list"');
    expect(await errorOf(modern, twice)).toEqual({ status: 400, code: -32_020, id: 1 });
  });

  it("is not known where nobody has such a method", async () => {
    for (const method of ["no/such", "__proto__", "constructor", "toString", ""]) {
      const body = JSON.stringify({ ...good, method });
      expect(await errorOf(modern, body, { "mcp-method": method })).toMatchObject({ code: -32_601, id: 1 });
    }
  });

  it("is answered in a form that the client takes, in the protocols of 2025", async () => {
    const body = JSON.stringify(legacy.call(CHECK));
    const statuses = [undefined, "text/html", "application/json", "text/event-stream"].map(
      async (accept) => (await send(legacy, body, { accept })).status,
    );
    expect(await Promise.all(statuses)).toEqual([406, 406, 406, 406]);
  });

  it("is not written to the log where it could be a command", () => {
    expect(JSON.stringify(server.events())).not.toContain("canary");
  });
});
