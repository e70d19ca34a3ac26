import { randomBytes, randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEngine, type Engine, type EngineAnswer } from "../../src/engine.js";
import { createSeals, type PersonAnswer, type Seals } from "../../src/policy/approval/seals.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";
import { makeRecordingAws, type RecordingAws } from "../server/approval-aws.js";
import { closeStates, openState, until } from "./open-state.js";
import { type Redis, startRedis } from "./start-redis.js";

let redis: Redis;
let aws: RecordingAws;
let bench: Bench;

beforeAll(async () => {
  redis = await startRedis();
  aws = makeRecordingAws();
  const operator = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_REGION: "us-east-1" };
  bench = benchMachine({ cli: aws.path, operator, profiles: ["default", "dev"] });
});

afterAll(async () => {
  closeStates();
  await redis.remove();
  bench.remove();
  bench.machine.directories.remove();
  aws.remove();
});

let buckets = 0;
let bucket = "";
let command = "";
beforeEach(() => {
  bucket = `bucket-${++buckets}`;
  command = `aws s3 rb s3://${bucket}`;
});
const ran = () => aws.calls().filter((argv) => argv.some((word) => word.includes(bucket))).length;

const KEY = randomBytes(32);

const sealsOf = (key: Uint8Array = KEY, now = () => Date.now()): Seals =>
  createSeals({ key, spent: openState(redis.url).store, now, nonce: randomUUID });

/** A replica: its own connection to the store, and what it has of its own besides. */
const replica = (seals = sealsOf(), changes: Partial<RuleBook> = {}): Engine =>
  createEngine({ ...bench.settings, book: { ...bench.book, ...changes }, machine: bench.machine, seals });

const YES: PersonAnswer = { action: "accept", approve: true };

const run = (engine: Engine, text = command, more: object = {}) =>
  engine.run(text, { milliseconds: 50_000, signal: new AbortController().signal, sink: undefined, ...more });

const ask = async (engine: Engine, text = command, more: object = {}): Promise<string> => {
  const answer = await run(engine, text, more);
  if (answer.kind !== "ask") throw new Error(`no question: ${JSON.stringify(answer)}`);
  return answer.state;
};

const codeOf = (answer: EngineAnswer): string => (answer.kind === "refused" ? answer.checked.code : answer.kind);

const say = async (engine: Engine, state: string, text = command, more: object = {}): Promise<string> =>
  codeOf(await run(engine, text, { answer: { state, ...YES }, ...more }));

const count = (codes: readonly string[], code: string): number => codes.filter((each) => each === code).length;

describe("replicas with one key and one store", () => {
  it("take an answer to another's question, once among them all", async () => {
    const [a, b, c] = [replica(), replica(), replica()];
    const state = await ask(a);
    expect([await say(b, state), await say(a, state), await say(b, state), await say(c, state)]).toEqual([
      "ran",
      "approval-spent",
      "approval-spent",
      "approval-spent",
    ]);
    expect(ran()).toBe(1);
  });

  it("take it once where it comes to each of them a hundred times at the same moment", async () => {
    const [a, b] = [replica(), replica()];
    const state = await ask(a);
    const sent = Array.from({ length: 200 }, (_, turn) => say(turn % 2 === 0 ? a : b, state));
    const codes = await Promise.all(sent);
    expect([count(codes, "ran"), count(codes, "approval-spent")]).toEqual([1, 199]);
    expect(ran()).toBe(1);
  });

  it("give one consent for each of 200 questions that are answered at two of them at the same moment", async () => {
    const [asked, one, other] = [sealsOf(), sealsOf(), sealsOf()];
    const digest = "5e".repeat(32);
    await Promise.all([one, other].map((seals) => seals.open(seals.seal(digest), digest, YES)));
    const rounds = Array.from({ length: 200 }, async () => {
      const state = asked.seal(digest);
      const opened = await Promise.all([one, other].map((seals) => seals.open(state, digest, YES)));
      return opened.map((each) => (each.ok ? "consent" : each.error.code)).sort();
    });
    expect(new Set((await Promise.all(rounds)).map(String))).toEqual(new Set(["approval-spent,consent"]));
  });

  it("are all told by a no", async () => {
    const [a, b] = [replica(), replica()];
    const state = await ask(a);
    expect(await say(b, state, command, { answer: { state, action: "decline", approve: false } })).toBe(
      "approval-declined",
    );
    expect([await say(a, state), await say(b, state)]).toEqual(["approval-spent", "approval-spent"]);
    expect(ran()).toBe(0);
  });

  it("take none to another command, of another principal, under other rules, or with another file", async () => {
    const [a, b] = [replica(), replica()];
    expect(await say(b, await ask(a), `${command} --force`)).toBe("approval-mismatch");
    expect(await say(b, await ask(a, command, { principal: "alice" }), command, { principal: "bob" })).toBe(
      "approval-mismatch",
    );
    expect(await say(replica(undefined, { cells: { egress: "deny" } }), await ask(a))).toBe("approval-mismatch");
    const file = join(bench.machine.workspace, `${bucket}.zip`);
    const update = `aws lambda update-function-code --function-name f --zip-file fileb://${bucket}.zip`;
    writeFileSync(file, "approved");
    const state = await ask(a, update);
    writeFileSync(file, "replaced");
    expect(await say(b, state, update)).toBe("approval-mismatch");
    writeFileSync(file, "approved");
    expect(await say(b, await ask(a, update), update)).toBe("ran");
    rmSync(file);
    expect(ran()).toBe(1);
  });

  it("take one by clocks that are a little apart, and none that is older than two minutes by theirs", async () => {
    const at = (milliseconds: number) => replica(sealsOf(KEY, () => Date.now() + milliseconds));
    const state = () => ask(at(0));
    expect(await say(at(-4000), await state())).toBe("ran");
    expect(await say(at(-6000), await state())).toBe("approval-late");
    expect(await say(at(110_000), await state())).toBe("ran");
    expect(await say(at(121_000), await state())).toBe("approval-late");
    expect(ran()).toBe(2);
  });

  it("know a role whatever each one's session of it is called", async () => {
    const [a, b] = [replica(), replica()];
    aws.setIdentity("123456789012", "arn:aws:sts::123456789012:assumed-role/awspipe/task-1");
    const state = await ask(a);
    const other = await ask(a);
    aws.setIdentity("123456789012", "arn:aws:sts::123456789012:assumed-role/awspipe/task-2");
    expect(await say(b, state)).toBe("ran");
    aws.setIdentity("123456789012", "arn:aws:sts::123456789012:assumed-role/admin/task-1");
    expect(await say(b, other)).toBe("approval-mismatch");
    aws.setIdentity("123456789012", "arn:aws:iam::123456789012:user/me");
    expect(ran()).toBe(1);
  });
});

describe("a replica", () => {
  it("with another key says that the question is another's, and leaves it to be answered there", async () => {
    const [a, foreign] = [replica(), replica(sealsOf(randomBytes(32)))];
    const state = await ask(a);
    expect([await say(foreign, state), await say(a, state)]).toEqual(["approval-elsewhere", "ran"]);
    expect(ran()).toBe(1);
  });

  it("whose store is gone runs what nobody has to be asked about, refuses a yes, and takes one again when it is back", async () => {
    const own = await startRedis();
    try {
      const spent = openState(own.url).store;
      const engine = replica(createSeals({ key: KEY, spent, now: Date.now, nonce: randomUUID }));
      expect(await say(engine, await ask(engine))).toBe("ran");
      await own.kill();
      expect(codeOf(await run(engine, "aws s3 ls"))).toBe("ran");
      expect(await say(engine, await ask(engine))).toBe("approval-store-lost");
      expect(ran()).toBe(1);
      await own.start();
      await until(async () => (await spent.spend(randomUUID(), 1000)).ok);
      expect(await say(engine, await ask(engine))).toBe("ran");
      expect(ran()).toBe(2);
    } finally {
      await own.remove();
    }
  });
});
