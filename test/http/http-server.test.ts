import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpServer, LIMITS } from "../../src/http/http-server.js";
import { takenInTime } from "../../src/http/web-response.js";
import { openRaw, type RawConnection, sendRaw } from "./raw-http.js";

const SHORT = { ...LIMITS, headers: 400, body: 800, idle: 200, check: 50, connections: 20 };

let server: Server;
const connections: RawConnection[] = [];

afterEach(() => {
  for (const { socket } of connections.splice(0)) socket.destroy();
  server.close();
  server.closeAllConnections();
});

const listen = async (listener: RequestListener): Promise<number> => {
  server = createHttpServer(listener, SHORT);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens at a host and a port has such an address.
  return (server.address() as AddressInfo).port;
};

const open = async (port: number): Promise<RawConnection> => {
  const connection = await openRaw(port);
  connections.push(connection);
  return connection;
};

/** Sends text letter by letter, one every 50 ms. */
const drip = ({ socket }: RawConnection, text: string): void => {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || socket.writableEnded || at >= text.length) clearInterval(timer);
    else socket.write(text.slice(at, ++at));
  }, 50);
};

const timed = async <T>(work: Promise<T>): Promise<{ readonly value: T; readonly took: number }> => {
  const started = Date.now();
  return { value: await work, took: Date.now() - started };
};

/** Answers with the body that has come. */
const echo: RequestListener = (request, response) => {
  let text = "";
  request.on("data", (chunk) => {
    text += chunk;
  });
  request.on("error", () => undefined);
  request.on("end", () => response.end(text));
};

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const post = (length: number) => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;

describe("createHttpServer", () => {
  // RFC 9110, 15.5.9.
  it("answers 408 where headers come too slowly", async () => {
    const connection = await open(await listen(echo));
    drip(connection, `GET / HTTP/1.1\r\nHost: ${"a".repeat(1_000)}`);
    const { value, took } = await timed(connection.answer());
    expect(value).toMatchObject({ status: 408, headers: { connection: "close" } });
    expect(took).toBeGreaterThan(SHORT.headers - 100);
    expect(took).toBeLessThan(SHORT.headers + 1_000);
    expect(await connection.closed).toBe("ended");
  });

  it("answers 408 where a body comes too slowly", async () => {
    const connection = await open(await listen(echo));
    connection.send(post(1_000));
    drip(connection, "a".repeat(1_000));
    const { value, took } = await timed(connection.answer());
    expect(value).toMatchObject({ status: 408, headers: { connection: "close" } });
    expect(took).toBeGreaterThan(SHORT.body - 100);
    expect(took).toBeLessThan(SHORT.body + 1_000);
  });

  it("answers 408 where only the end of a chunked body does not come", async () => {
    const connection = await open(await listen(echo));
    connection.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
    expect(await connection.answer()).toMatchObject({ status: 408 });
  });

  it("serves who is slow within the time", async () => {
    const connection = await open(await listen(echo));
    connection.send(post(5));
    drip(connection, "hello");
    expect(await connection.answer()).toMatchObject({ status: 200, body: "hello" });
  });

  it("ends a connection on which nothing is said", async () => {
    const connection = await open(await listen(echo));
    const { took } = await timed(connection.closed);
    expect(took).toBeLessThan(SHORT.headers + 1_000);
  });

  it("ends a connection on which nothing more is said", async () => {
    const connection = await open(await listen(echo));
    connection.send(GET);
    expect(await connection.answer()).toMatchObject({ status: 200 });
    const { value, took } = await timed(connection.closed);
    expect(value).toBe("ended");
    expect(took).toBeLessThan(2_500);
  });

  it("waits for an answer longer than for anything else, also for the second one of a connection", async () => {
    const port = await listen((request, response) => {
      request.resume();
      setTimeout(() => response.end("late"), 1_500);
    });
    const connection = await open(port);
    for (const request of [GET, `${post(1)}a`]) {
      connection.send(request);
      expect(await connection.answer()).toMatchObject({ status: 200, body: "late" });
    }
  });

  it("takes no more connections than it may, until others have gone", async () => {
    const port = await listen(echo);
    const first = await Promise.all(Array.from({ length: SHORT.connections }, () => open(port)));
    const more = await open(port);
    more.send(GET);
    await expect(more.answer()).rejects.toThrow("no answer");
    for (const { socket } of first) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await sendRaw(port, GET)).toMatchObject({ status: 200 });
  });

  it("is free again by itself where all its connections are slow", async () => {
    const port = await listen(echo);
    for (let each = 0; each < SHORT.connections; each += 1)
      drip(await open(port), `GET / HTTP/1.1\r\nX: ${"a".repeat(1_000)}`);
    await new Promise((resolve) => setTimeout(resolve, SHORT.headers + 200));
    // Those that were answered have yet to take their answers.
    for (const { socket } of connections) socket.destroy();
    expect(await sendRaw(port, GET)).toMatchObject({ status: 200 });
  });
});

describe("takenInTime", () => {
  const PIECE = Buffer.alloc(1_048_576);

  /** Writes 64 MB as fast as they are taken, and says how many bytes waited at most. */
  const flood = async (): Promise<{ readonly port: number; readonly gone: Promise<number> }> => {
    let heard: (most: number) => void;
    const gone = new Promise<number>((resolve) => {
      heard = resolve;
    });
    const port = await listen(async (_, response) => {
      const taken = takenInTime(response, 500);
      let most = 0;
      const ended = once(response, "close").then(() => heard(most));
      taken.writeHead(200, {});
      for (let each = 0; each < 64 && !response.destroyed; each += 1) {
        if (taken.write(PIECE) === false) await Promise.race([once(response, "drain"), ended]);
        most = Math.max(most, response.writableLength);
      }
      taken.end();
    });
    return { port, gone };
  };

  it("ends a connection whose client takes nothing, and keeps little for it", async () => {
    const { port, gone } = await flood();
    const connection = await open(port);
    connection.socket.pause();
    connection.send(GET);
    const { value, took } = await timed(gone);
    expect(took).toBeGreaterThan(400);
    expect(took).toBeLessThan(3_000);
    expect(value).toBeLessThan(4 * PIECE.length);
  });

  it("waits for a client that takes a little now and then", async () => {
    const { port, gone } = await flood();
    const socket = connect(port, "127.0.0.1");
    let taken = 0;
    socket.on("data", (chunk: Buffer) => {
      taken += chunk.length;
      if (taken > 8 * PIECE.length) return;
      socket.pause();
      setTimeout(() => socket.resume(), 10);
    });
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await Promise.all([gone, once(socket, "close")]);
    expect(taken).toBeGreaterThan(64 * PIECE.length);
  });
});
