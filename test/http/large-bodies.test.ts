import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, dataOf, modern, post, postCall } from "./mcp-requests.js";
import { openRaw, sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { stopWell, type Use, useOf, warmUp } from "./well.js";

let server: HttpServer;
let before: Use;
/** The most memory that was in use at any time. */
let most = 0;
let watching: NodeJS.Timeout;

beforeAll(async () => {
  server = await startHttpServer(UNCONFINED);
  await warmUp(server);
  before = useOf(server.pid);
  watching = setInterval(() => {
    most = Math.max(most, useOf(server.pid).megabytes);
  }, 20);
});

afterAll(async () => {
  clearInterval(watching);
  await stopWell(server, before);
  // Node 24 collects the bytes of 100 MB by and by, at 80 to 100 MB (Node 20: 35 to 45); the body that never ends has several
  // hundred MB, and would be far above this if any of it were kept.
  expect(most).toBeLessThan(before.megabytes + 200);
});

const MEGABYTE = Buffer.alloc(1_048_576, " ");
const HUNDRED = 100 * MEGABYTE.length;

const headers = (more: Readonly<Record<string, string>> = {}) => ({
  ...modern.headers(modern.call(CHECK)),
  authorization: `Bearer ${server.token}`,
  ...more,
});

function* megabytes(count: number): Generator<Buffer> {
  for (let each = 0; each < count; each += 1) yield MEGABYTE;
}

/** By Node's own client, which goes on sending while it listens. */
const byNode = (more: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = { port: server.port, host: "127.0.0.1", path: "/mcp", method: "POST", headers: headers(more) };
    const request = httpRequest(options, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    // Its body may be cut off once it has its answer.
    request.on("error", reject);
    Readable.from(megabytes(100))
      .on("error", () => undefined)
      .pipe(request);
  });

/** By `fetch`. */
const byFetch = async ({ "transfer-encoding": _, ...more }: Readonly<Record<string, string>>): Promise<number> => {
  const init = {
    method: "POST",
    headers: headers(more),
    body: Readable.toWeb(Readable.from(megabytes(100))),
    duplex: "half",
  };
  // The type of `fetch` here does not know streams as bodies.
  const response = await fetch(server.url, init as unknown as RequestInit);
  await response.text();
  return response.status;
};

/** By a client that reads nothing before it has sent everything, or can send no more. */
const bySendingFirst = async (more: Readonly<Record<string, string>>): Promise<number> => {
  const connection = await openRaw(server.port);
  connection.socket.pause();
  const length = more["content-length"];
  connection.send(post({ headers: { ...headers(more), "content-length": length } }));
  for (const chunk of megabytes(100)) {
    const bytes = length === undefined ? Buffer.concat([Buffer.from("100000\r\n"), chunk, Buffer.from("\r\n")]) : chunk;
    if (connection.socket.destroyed) break;
    await new Promise((resolve) => connection.socket.write(bytes, resolve));
  }
  connection.socket.resume();
  const { status } = await connection.answer();
  connection.socket.destroy();
  return status;
};

describe.each([
  ["Node's client", byNode],
  ["fetch", byFetch],
  ["a client that sends first and reads then", bySendingFirst],
])("100 MB by %s", (_, send) => {
  // RFC 9110, 15.5.14.
  it("are refused with 413 where their length is said", async () => {
    expect(await send({ "content-length": String(HUNDRED) })).toBe(413);
  });

  it("are refused with 413 where it is not", async () => {
    expect(await send({ "transfer-encoding": "chunked" })).toBe(413);
  });

  it("are refused with 401 where nobody knows who sends them", async () => {
    expect(await send({ "content-length": String(HUNDRED), authorization: "Bearer x" })).toBe(401);
    expect(await send({ "transfer-encoding": "chunked", authorization: "Bearer x" })).toBe(401);
  });
});

describe("a body", () => {
  const LARGEST = 1_048_576;
  const padded = (length: number) => Buffer.from(JSON.stringify(modern.call(CHECK)).padEnd(length, " "));

  it("may have as many bytes as the setting says, and no more", async () => {
    expect(dataOf(await sendRaw(server.port, post({ headers: headers(), body: padded(LARGEST) })))).toMatchObject({
      verdict: "allow",
    });
    expect(await sendRaw(server.port, post({ headers: headers(), body: padded(LARGEST + 1) }))).toMatchObject({
      status: 413,
    });
  });

  it("is answered before it has come where it is too long, and the connection ends", async () => {
    const connection = await openRaw(server.port);
    connection.send(post({ headers: headers({ "content-length": String(HUNDRED) }) }));
    expect(await connection.answer()).toMatchObject({ status: 413, headers: { connection: "close" } });
    const started = Date.now();
    expect(await connection.closed).toBe("ended");
    expect(Date.now() - started).toBeLessThan(4_000);
    connection.socket.destroy();
  });

  it("that never ends is taken for a bounded time", async () => {
    const connection = await openRaw(server.port);
    connection.send(post({ headers: { ...headers({ "transfer-encoding": "chunked" }), "content-length": undefined } }));
    const chunk = Buffer.concat([Buffer.from("100000\r\n"), MEGABYTE, Buffer.from("\r\n")]);
    const sending = setInterval(() => connection.socket.writableLength === 0 && connection.send(chunk), 5);
    expect(await connection.answer()).toMatchObject({ status: 413 });
    const started = Date.now();
    await connection.closed;
    clearInterval(sending);
    expect(Date.now() - started).toBeLessThan(4_000);
    connection.socket.destroy();
  });

  it("that nobody wants is taken by and by, and holds up nobody", async () => {
    const lengthy = post({ headers: headers({ "content-length": String(HUNDRED), authorization: "Bearer x" }) });
    const clients = await Promise.all(Array.from({ length: 50 }, () => openRaw(server.port)));
    for (const client of clients) client.send(lengthy);
    const statuses = await Promise.all(clients.map(async (client) => (await client.answer()).status));
    expect(new Set(statuses)).toEqual(new Set([401]));
    const started = Date.now();
    expect(dataOf(await sendRaw(server.port, postCall(modern, CHECK, headers())))).toMatchObject({ verdict: "allow" });
    expect(Date.now() - started).toBeLessThan(1_000);
    for (const client of clients) client.socket.destroy();
  });
});
