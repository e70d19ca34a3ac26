import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sseEndpoint } from "../../src/http/sse-endpoint.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { type EndpointBench, listenWith } from "./session-bench.js";
import { type Events, eventsOf } from "./session-events.js";
import { callOf, cancelOf, INITIALIZE } from "./session-raw.js";
import { until } from "./session-until.js";

const JSON_TYPE = { "content-type": "application/json" };
const SLOW = "aws ec2 describe-regions | cat";

let slowAws: string;
beforeAll(() => {
  slowAws = makeSlowAws();
});
afterAll(() => rmSync(dirname(slowAws), { recursive: true, force: true }));

type Stream = Events & {
  /** Where its messages go. */
  readonly messagesTo: URL;
  readonly send: (message: unknown, more?: RequestInit & { who?: string }) => Promise<Response>;
};

let bench: EndpointBench;
beforeEach(async () => {
  bench = await listenWith(
    sseEndpoint({ maxBody: 10_000, now: Date.now, bounds: { each: 2, all: 3, idle: 60_000 } }),
    slowAws,
  );
});
afterEach(async () => {
  vi.useRealTimers();
  await bench.close();
});

const open = async (who = "alice"): Promise<Stream> => {
  const stop = new AbortController();
  const answer = await fetch(bench.url("/sse"), { headers: { "x-who": who }, signal: stop.signal });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const events = eventsOf(answer, () => stop.abort());
  await until(() => events.text().includes("\n\n"));
  const path = /^event: endpoint\ndata: (\S+)\n\n/.exec(events.text())?.[1] ?? "";
  const messagesTo = bench.url(path);
  const send = (message: unknown, { who: other = who, ...more }: RequestInit & { who?: string } = {}) =>
    fetch(messagesTo, {
      method: "POST",
      headers: { ...JSON_TYPE, "x-who": other },
      body: JSON.stringify(message),
      ...more,
    });
  return { ...events, messagesTo, send };
};

const initialized = async (who?: string): Promise<Stream> => {
  const stream = await open(who);
  await stream.send(INITIALIZE);
  await stream.message(({ id }) => id === 0);
  await stream.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  return stream;
};

const errorOf = async (answer: Response) => ({
  status: answer.status,
  message: ((await answer.json()) as { error: { message: string } }).error.message,
});
const NO_STREAM = { status: 404, message: "there is no such stream; open one with GET /sse" };

describe("a stream", () => {
  it("tells first where messages go, under a name of 128 random bits", async () => {
    const [one, other] = await Promise.all([open(), open()] as const);
    const names = [one, other].map(({ messagesTo }) => messagesTo.searchParams.get("session"));
    expect(names[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(names[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(names[0]).not.toBe(names[1]);
  });

  it("carries the answers to its own messages and no others", async () => {
    const [alice, bob] = await Promise.all([initialized("alice"), initialized("bob")] as const);
    expect((await alice.send(callOf(1, "echo for-alice"))).status).toBe(202);
    expect((await bob.send(callOf(1, "echo for-bob"))).status).toBe(202);
    await Promise.all([alice.message(({ id }) => id === 1), bob.message(({ id }) => id === 1)]);
    expect(alice.text()).toContain("for-alice");
    expect(alice.text()).not.toContain("for-bob");
    expect(bob.text()).not.toContain("for-alice");
  });

  it("ends what its client has asked for when it closes", async () => {
    const stream = await initialized();
    await stream.send(callOf(1, SLOW));
    await until(() => bench.underWay() === 1);
    stream.leave();
    await until(() => bench.underWay() === 0);
  });

  it("ends a call that is cancelled, and says nothing more of it", async () => {
    const stream = await initialized();
    await stream.send(callOf(1, SLOW));
    await until(() => bench.underWay() === 1);
    expect((await stream.send(cancelOf(1))).status).toBe(202);
    await until(() => bench.underWay() === 0);
    await stream.send(callOf(1, "echo again"));
    expect(JSON.stringify(await stream.message(({ id }) => id === 1))).toContain("again");
  });

  it("gives signs of life, so that a dead client is found", async () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    const stream = await open();
    vi.advanceTimersByTime(31_000);
    vi.useRealTimers();
    await until(() => stream.text().split(": alive\n\n").length === 3);
  });

  it("is cut where its client asks and asks and takes no answer", async () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    const { port, host } = bench.url("/");
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(`GET /sse HTTP/1.1\r\nhost: ${host}\r\nx-who: alice\r\n\r\n`);
    const [head] = (await once(socket, "data")) as [Buffer];
    socket.pause();
    const messagesTo = bench.url(/data: (\S+)/.exec(head.toString())?.[1] ?? "");
    const send = (message: unknown) =>
      fetch(messagesTo, {
        method: "POST",
        headers: { ...JSON_TYPE, "x-who": "alice" },
        body: JSON.stringify(message),
      });
    await send(INITIALIZE);
    const call = `echo ${"a".repeat(9000)} | sed p | sed p | sed p`;
    for (let index = 1; index <= 240; index += 1) expect((await send(callOf(index, call))).status).toBe(202);
    await until(() => bench.underWay() === 0, 40_000);
    expect((await send(callOf(1, "echo x"))).status).toBe(202);
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    await vi.waitFor(async () => expect((await send(callOf(2, "echo x"))).status).toBe(404));
    socket.destroy();
  });

  it("is refused where a principal has as many as it may, and where all have", async () => {
    await Promise.all([open("alice"), open("alice")]);
    await expect(open("alice")).rejects.toThrow(/^503 .*too many sessions/);
    await open("bob");
    await expect(open("carol")).rejects.toThrow(/^503/);
  });

  it("makes room when it closes", async () => {
    const [one] = await Promise.all([open("alice"), open("alice")] as const);
    one.leave();
    await one.ended;
    await vi.waitFor(() => open("alice"), { timeout: 5000 });
  });

  it("ends with the server", async () => {
    const stream = await open();
    await bench.close();
    await stream.ended;
  });
});

describe("a message", () => {
  it("is for nobody where its stream is unknown, closed or another principal's", async () => {
    const stream = await initialized("alice");
    const unknown = new URL(stream.messagesTo);
    unknown.searchParams.set("session", "0".repeat(32));
    const post = (url: URL, who = "alice") =>
      fetch(url, {
        method: "POST",
        headers: { ...JSON_TYPE, "x-who": who },
        body: JSON.stringify(callOf(1, "echo x")),
      });
    expect(await errorOf(await post(unknown))).toEqual(NO_STREAM);
    expect(await errorOf(await post(bench.url("/messages")))).toEqual(NO_STREAM);
    // Before anything else is looked at.
    expect(await errorOf(await fetch(unknown, { method: "POST", headers: { "x-who": "alice" }, body: "x" }))).toEqual(
      NO_STREAM,
    );
    expect(await errorOf(await post(stream.messagesTo, "bob"))).toEqual(NO_STREAM);
    // The same principal with fewer rights.
    expect(await errorOf(await post(stream.messagesTo, "alice read"))).toEqual(NO_STREAM);
    stream.leave();
    await vi.waitFor(async () => expect(await errorOf(await post(stream.messagesTo))).toEqual(NO_STREAM));
  });

  it("has the content type of JSON", async () => {
    const stream = await open();
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json-seq",
      "text/plain;application/json",
    ]) {
      const answer = await stream.send(INITIALIZE, { headers: { "content-type": type, "x-who": "alice" } });
      expect(answer.status).toBe(415);
    }
    const typed = { "content-type": "application/json; charset=utf-8", "x-who": "alice" };
    expect((await stream.send(INITIALIZE, { headers: typed })).status).toBe(202);
  });

  it("has as many bytes as the settings allow, also where it does not say how many come", async () => {
    const stream = await open();
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping", params: { pad: "x".repeat(20_000) } });
    expect((await stream.send(undefined, { body })).status).toBe(413);
    const chunked = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    // Only fetch's own types do not know what a body in pieces needs.
    const more = { body: chunked, duplex: "half" } as RequestInit;
    expect((await stream.send(undefined, more)).status).toBe(413);
  });

  it.each([
    ["{"],
    [""],
    ["[]"],
    ["null"],
    ["1"],
    ["{}"],
    [JSON.stringify([callOf(1, "echo x")])],
    [JSON.stringify({ ...callOf(1, "echo x"), jsonrpc: "1.0" })],
    [JSON.stringify({ ...callOf(1, "echo x"), id: null })],
    [JSON.stringify({ ...callOf(1, "echo x"), id: {} })],
  ])("is a single one of JSON-RPC: %s is not", async (body) => {
    const stream = await initialized();
    expect((await stream.send(undefined, { body })).status).toBe(400);
    // The stream goes on.
    await stream.send(callOf(2, "echo on"));
    await stream.message(({ id }) => id === 2);
    expect(stream.messages().map(({ id }) => id)).toEqual([0, 2]);
  });

  it("does not take the id of a request that waits: both would be one to whoever cancels", async () => {
    const stream = await initialized();
    await stream.send(callOf(1, SLOW));
    expect(await errorOf(await stream.send(callOf(1, SLOW)))).toEqual({
      status: 400,
      message: "a request with this id is under way",
    });
    // Another type is another id.
    expect((await stream.send(callOf("1", SLOW))).status).toBe(202);
    await until(() => bench.underWay() === 2);
    stream.leave();
    await until(() => bench.underWay() === 0);
  });

  it("is refused while hundreds of others wait", async () => {
    const stream = await initialized();
    const answers = await Promise.all(Array.from({ length: 260 }, (_, id) => stream.send(callOf(id + 1, SLOW))));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(256);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    stream.leave();
    await until(() => bench.underWay() === 0);
  });
});

describe("the paths", () => {
  it("have one method each", async () => {
    for (const [path, method, allow] of [
      ["/sse", "POST", "GET"],
      ["/sse", "DELETE", "GET"],
      ["/sse", "HEAD", "GET"],
      ["/messages", "GET", "POST"],
      ["/messages", "PUT", "POST"],
    ] as const) {
      const answer = await fetch(bench.url(path), { method, headers: { "x-who": "alice" } });
      expect([path, method, answer.status, answer.headers.get("allow")]).toEqual([path, method, 405, allow]);
    }
  });
});
