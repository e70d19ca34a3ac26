import { afterAll, beforeAll, expect, it } from "vitest";
import { UNCONFINED } from "../unconfined.js";
import { CHECK, modern, postCall } from "./mcp-requests.js";
import { openRaw, type RawConnection, sendRaw } from "./raw-http.js";
import { type HttpServer, startHttpServer } from "./start-http-server.js";
import { stopWell, type Use, useOf, warmUp } from "./well.js";

let server: HttpServer;
let before: Use;

beforeAll(async () => {
  server = await startHttpServer(UNCONFINED);
  await warmUp(server);
  before = useOf(server.pid);
});

afterAll(() => stopWell(server, before));

const call = () => postCall(modern, CHECK, { authorization: `Bearer ${server.token}` });

/** How long ordinary calls take, in milliseconds; the longest of twenty. */
const longest = async (): Promise<number> => {
  let most = 0;
  for (let each = 0; each < 20; each += 1) {
    const started = Date.now();
    expect(await sendRaw(server.port, call())).toMatchObject({ status: 200 });
    most = Math.max(most, Date.now() - started);
  }
  return most;
};

/** Opens connections that send the beginning of something, and a byte of the rest every 100 ms. */
const crowd = async (count: number, beginning: Uint8Array): Promise<readonly RawConnection[]> => {
  const connections = await Promise.all(Array.from({ length: count }, () => openRaw(server.port)));
  for (const connection of connections) connection.send(beginning);
  const timer = setInterval(() => {
    for (const { socket } of connections) if (!socket.destroyed && socket.writable) socket.write("a");
  }, 100);
  for (const { socket } of connections) socket.once("close", () => clearInterval(timer));
  return connections;
};

it.each([
  ["headers", () => call().subarray(0, 80)],
  ["bodies", () => call().subarray(0, -50)],
  ["bodies of strangers", () => postCall(modern, CHECK).subarray(0, -50)],
  ["nothing at all", () => new Uint8Array()],
])("serves ordinary clients while 800 others send %s byte by byte", async (_, beginning) => {
  const connections = await crowd(800, beginning());
  const took = await longest();
  for (const { socket } of connections) socket.destroy();
  expect(took).toBeLessThan(2_000);
});
