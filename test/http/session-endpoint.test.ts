import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sessionEndpoint } from "../../src/http/session-endpoint.js";
import { makeSlowAws } from "../server/slow-aws.js";
import { type EndpointBench, listenWith } from "./session-bench.js";
import { type Events, eventsOf } from "./session-events.js";
import { callOf, cancelOf, INITIALIZE } from "./session-raw.js";
import { until } from "./session-until.js";

const SLOW = "aws ec2 describe-regions | cat";
const IDLE = 60_000;
const NO_SESSION = { status: 404, message: "there is no such session; begin one with `initialize`" };

let slowAws: string;
beforeAll(() => {
  slowAws = makeSlowAws();
});
afterAll(() => rmSync(dirname(slowAws), { recursive: true, force: true }));

const clock = { now: 0 };
let bench: EndpointBench;
beforeEach(async () => {
  const bounds = { each: 3, all: 5, idle: IDLE };
  bench = await listenWith(sessionEndpoint({ maxBody: 100_000, now: () => clock.now, bounds }), slowAws);
});
afterEach(async () => {
  vi.useRealTimers();
  await bench.close();
});

type More = {
  readonly who?: string;
  readonly session?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
};

const send = (body: unknown, { who = "alice", session, headers = {}, ...more }: More = {}): Promise<Response> =>
  fetch(bench.url("/mcp"), {
    method: "POST",
    ...more,
    headers: {
      "x-who": who,
      accept: "application/json, text/event-stream",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(session === undefined ? {} : { "mcp-session-id": session }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });

const begin = async (who = "alice"): Promise<string> => {
  const answer = await send(INITIALIZE, { who });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  await answer.text();
  const session = answer.headers.get("mcp-session-id") ?? "";
  const initialized = await send({ jsonrpc: "2.0", method: "notifications/initialized" }, { who, session });
  expect(initialized.status).toBe(202);
  return session;
};

const callIn = async (session: string, command: string, who?: string): Promise<string> => {
  const answer = await send(callOf(1, command), { session, ...(who === undefined ? {} : { who }) });
  return answer.text();
};

/** An answer that is read as it comes, and that its client can leave. */
const openIn = async (session: string, body: unknown, more: More = {}): Promise<Events> => {
  const stop = new AbortController();
  const answer = await send(body, { session, signal: stop.signal, ...more });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return eventsOf(answer, () => stop.abort());
};

const streamIn = (session: string): Promise<Events> => openIn(session, undefined, { method: "GET" });

const errorOf = async (answer: Response) => ({
  status: answer.status,
  message: ((await answer.json()) as { error: { message: string } }).error.message,
});

describe("a session", () => {
  it("begins with `initialize`, under a name of 128 random bits, and goes on over later requests", async () => {
    const [one, other] = await Promise.all([begin(), begin()] as const);
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(other).toMatch(/^[0-9a-f]{32}$/);
    expect(one).not.toBe(other);
    expect(await callIn(one, "echo hello")).toContain("hello");
  });

  it("is there for nobody else: not for another principal, nor for the same one with other rights", async () => {
    const session = await begin("alice");
    for (const who of ["bob", "alice read"]) {
      expect(await errorOf(await send(callOf(1, "echo x"), { session, who }))).toEqual(NO_SESSION);
      expect(await errorOf(await send(undefined, { session, who, method: "GET" }))).toEqual(NO_SESSION);
      expect(await errorOf(await send(undefined, { session, who, method: "DELETE" }))).toEqual(NO_SESSION);
    }
    expect(await errorOf(await send(callOf(1, "echo x"), { session: "0".repeat(32) }))).toEqual(NO_SESSION);
    expect(await callIn(session, "echo still")).toContain("still");
  });

  it("ends with DELETE, and with it what was under way", async () => {
    const session = await begin();
    const call = await openIn(session, callOf(1, SLOW));
    await until(() => bench.underWay() === 1);
    expect((await send(undefined, { session, method: "DELETE" })).status).toBe(200);
    await until(() => bench.underWay() === 0);
    await call.ended;
    expect(await errorOf(await send(callOf(2, "echo x"), { session }))).toEqual(NO_SESSION);
  });

  it("ends when nothing has come for its time, and not while something is open", async () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    await bench.close();
    const bounds = { each: 3, all: 5, idle: IDLE };
    bench = await listenWith(sessionEndpoint({ maxBody: 100_000, now: () => clock.now, bounds }), slowAws);
    const [idle, listening, busy] = await Promise.all([begin(), begin(), begin()] as const);
    const stream = await streamIn(listening);
    const call = await openIn(busy, callOf(1, SLOW));
    const pass = (milliseconds: number): void => {
      clock.now += milliseconds;
      vi.advanceTimersByTime(milliseconds);
    };
    pass(IDLE - 1);
    expect(await callIn(idle, "echo once-more")).toContain("once-more");
    pass(IDLE - 1);
    expect(await callIn(idle, "echo and-again")).toContain("and-again");
    pass(2 * IDLE);
    vi.useRealTimers();
    expect(await errorOf(await send(callOf(2, "echo x"), { session: idle }))).toEqual(NO_SESSION);
    expect(await callIn(listening, "echo goes-on")).toContain("goes-on");
    expect(bench.underWay()).toBe(1);
    for (const each of [stream, call]) each.leave();
    await until(() => bench.underWay() === 0);
  });

  it("takes the place of its principal's longest idle one where there are as many as may be", async () => {
    const first = await begin();
    clock.now += 1000;
    const second = await begin();
    clock.now += 1000;
    const third = await begin();
    clock.now += 1000;
    // Used, so that the second one is idle for longest.
    await callIn(first, "echo x");
    const fourth = await begin();
    expect((await send(callOf(1, "echo x"), { session: second })).status).toBe(404);
    for (const session of [first, third, fourth]) expect(await callIn(session, "echo still")).toContain("still");
  });

  it("is refused where all the others are in use", async () => {
    const sessions = await Promise.all([begin(), begin(), begin()]);
    const streams = await Promise.all(sessions.map(streamIn));
    expect(await errorOf(await send(INITIALIZE))).toEqual({ status: 503, message: "there are too many sessions" });
    // Not for others.
    await begin("bob");
    for (const stream of streams) stream.leave();
    await vi.waitFor(begin);
  });

  it("is bounded for all principals together", async () => {
    const old = await begin("alice");
    clock.now += 1000;
    for (const who of ["bob", "bob", "carol", "carol"]) await begin(who);
    await begin("dave");
    expect((await send(callOf(1, "echo x"), { session: old })).status).toBe(404);
  });

  it("is not there where `initialize` was refused", async () => {
    const first = await begin();
    for (let index = 0; index < 4; index += 1) {
      const answer = await send(INITIALIZE, { headers: { accept: "application/json" } });
      expect(answer.status).toBe(406);
      expect(answer.headers.get("mcp-session-id")).toBeNull();
    }
    // It did not have to make room for any of those.
    expect(await callIn(first, "echo kept")).toContain("kept");
  });

  it("ends with the server", async () => {
    const session = await begin();
    const stream = await streamIn(session);
    await bench.close();
    await stream.ended;
  });
});

describe("a request in a session", () => {
  it("is cancelled when its client leaves before it is answered", async () => {
    const session = await begin();
    const call = await openIn(session, callOf(1, SLOW));
    await until(() => bench.underWay() === 1);
    call.leave();
    await until(() => bench.underWay() === 0);
    expect(await callIn(session, "echo goes-on")).toContain("goes-on");
  });

  it("is cancelled by a message in another request, and then its answer ends with nothing in it", async () => {
    const session = await begin();
    const call = await openIn(session, callOf(1, SLOW));
    await until(() => bench.underWay() === 1);
    expect((await send(cancelOf(1), { session })).status).toBe(202);
    await until(() => bench.underWay() === 0);
    await call.ended;
    expect(call.messages()).toEqual([]);
    expect(await callIn(session, "echo goes-on")).toContain("goes-on");
  });

  it("is cancelled alone where several came together", async () => {
    const session = await begin();
    const calls = await openIn(session, [callOf(1, SLOW), callOf(2, "aws ec2 describe-regions --cli-read-timeout=2")]);
    await until(() => bench.underWay() === 2);
    await send(cancelOf(1), { session });
    await calls.ended;
    expect(calls.messages().map(({ id, error, result }) => [id, error, typeof result])).toEqual([
      [1, { code: -32_000, message: "cancelled" }, "undefined"],
      [2, undefined, "object"],
    ]);
  });

  it("does not take the id of one that waits, but that of one that was answered", async () => {
    const session = await begin();
    const call = await openIn(session, callOf(1, SLOW));
    const refusal = { status: 400, message: "a request with this id is under way" };
    expect(await errorOf(await send(callOf(1, SLOW), { session }))).toEqual(refusal);
    expect(await errorOf(await send([callOf(2, SLOW), callOf(2, SLOW)], { session }))).toEqual(refusal);
    for (const word of ["one", "two", "three"])
      expect(await (await send(callOf(7, `echo ${word}`), { session })).text()).toContain(word);
    call.leave();
    await until(() => bench.underWay() === 0);
  });

  it("gets its own answer when another session uses the same id", async () => {
    const [alice, bob] = await Promise.all([begin("alice"), begin("bob")] as const);
    const answers = await Promise.all([callIn(alice, "echo for-alice"), callIn(bob, "echo for-bob", "bob")]);
    expect(answers[0]).toContain("for-alice");
    expect(answers[1]).toContain("for-bob");
  });
});

describe("a session's own stream", () => {
  it("is one, which can be opened again as soon as it was left", async () => {
    const session = await begin();
    const first = await streamIn(session);
    expect((await send(undefined, { session, method: "GET" })).status).toBe(409);
    first.leave();
    await vi.waitFor(() => streamIn(session), { timeout: 5000 });
  });

  it("tells of kept results, and of this principal's alone", async () => {
    const [alice, bob] = await Promise.all([begin("alice"), begin("bob")] as const);
    const [hers, his] = await Promise.all([
      streamIn(alice),
      openIn(bob, undefined, { method: "GET", who: "bob" }),
    ] as const);
    await callIn(alice, `echo ${"a".repeat(30_000)} | sed p | sed p | sed p`);
    await hers.message(({ method }) => method === "notifications/resources/list_changed");
    expect(his.messages()).toEqual([]);
    hers.leave();
    his.leave();
  });
});

describe("a request outside of any session", () => {
  it("is refused in the words of the standard", async () => {
    const none = {
      status: 400,
      message: "a session begins with `initialize`; all later requests have its Mcp-Session-Id",
    };
    expect(await errorOf(await send(callOf(1, "echo x")))).toEqual(none);
    expect(await errorOf(await send([INITIALIZE]))).toEqual(none);
    expect(await errorOf(await send(undefined, { method: "GET" }))).toEqual(none);
    expect(await errorOf(await send(undefined, { method: "DELETE" }))).toEqual(none);
    expect(await errorOf(await send("{"))).toEqual(none);
    expect((await send(INITIALIZE, { headers: { "content-type": "text/plain" } })).status).toBe(415);
    expect((await send(JSON.stringify({ ...INITIALIZE, pad: "x".repeat(100_000) }))).status).toBe(413);
    const put = await send(INITIALIZE, { method: "PUT" });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, POST, DELETE"]);
  });

  it("is broken in a session too", async () => {
    const session = await begin();
    for (const body of ["{", "[]", "null", "{}", JSON.stringify({ ...callOf(1, "echo x"), id: {} })])
      expect([body, (await send(body, { session })).status]).toEqual([body, 400]);
    const protocol = { "mcp-protocol-version": "1999-01-01" };
    expect((await send(callOf(1, "echo x"), { session, headers: protocol })).status).toBe(400);
    expect((await send(INITIALIZE, { session })).status).toBe(400);
    expect(await callIn(session, "echo goes-on")).toContain("goes-on");
  });
});
