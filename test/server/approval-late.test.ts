import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InMemoryTransport } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEngine, type EngineAnswer } from "../../src/engine.js";
import { createSeals, type PersonAnswer, type Seals } from "../../src/policy/approval/seals.js";
import { spentInMemory } from "../../src/policy/approval/spent-seals.js";
import type { RuleBook } from "../../src/policy/rule-book.js";
import { createServer } from "../../src/server/create-server.js";
import { serverParts } from "../../src/server/server-parts.js";
import { readSettings } from "../../src/settings.js";
import { type Bench, benchMachine } from "../executor/bench-machine.js";
import { makeRecordingAws, type RecordingAws } from "./approval-aws.js";
import { ACCEPT, envelope, type Message, outcomeOf, questionIn } from "./approval-raw.js";

let aws: RecordingAws;
let bench: Bench;
const clock = { now: Date.now() };
const sealing = { key: randomBytes(32), now: () => clock.now, nonce: () => randomBytes(16).toString("hex") };
/** Seals with the common key, and the spent ones to themselves. */
const newSeals = (): Seals => createSeals({ ...sealing, spent: spentInMemory(sealing.now) });

beforeAll(() => {
  aws = makeRecordingAws();
  const operator = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing", AWS_REGION: "us-east-1" };
  bench = benchMachine({ cli: aws.path, operator, now: () => clock.now, profiles: ["default", "dev"] });
});

afterAll(() => {
  bench.remove();
  bench.machine.directories.remove();
  aws.remove();
});

let buckets = 0;
let bucket = "";
beforeEach(() => {
  bucket = `bucket-${++buckets}`;
});
const ran = () => aws.calls().filter((argv) => argv.some((word) => word.includes(bucket)));

/** A server of these rules whose seals have the common key, and its spent ones to itself. */
const engineOf = (changes: Partial<RuleBook> = {}) => {
  const seals = newSeals();
  const engine = createEngine({
    ...bench.settings,
    book: { ...bench.book, ...changes },
    machine: bench.machine,
    seals,
  });
  return { seals, engine };
};

/** A server in this process, and what it answers to a request. */
const serverInMemory = async () => {
  const { engine, seals } = engineOf();
  const [mine, its] = InMemoryTransport.createLinkedPair();
  const parts = serverParts({ ...bench, engine, seals }, readSettings({ AWS_MCP_TIMEOUT: "30" }), {});
  const handle = serveStdio(() => createServer(parts), { transport: its });
  const got: Message[] = [];
  mine.onmessage = (message) => {
    got.push(message as Message);
  };
  await mine.start();
  const next = async (is: (message: Message) => boolean): Promise<Message> => {
    for (const deadline = performance.now() + 20_000; performance.now() < deadline; ) {
      const found = got.find(is);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`waited in vain: ${JSON.stringify(got)}`);
  };
  // What stands on the wire is sent as it is, also where the SDK's types know better.
  const send = (message: unknown) => mine.send(message as Parameters<typeof mine.send>[0]);
  return { send, next, close: () => handle.close() };
};

const call = (id: number, more: object = {}) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "aws_cli_pipeline", arguments: { command: `aws s3 rb s3://${bucket}` }, ...more },
});

const LATE = [
  [0, "success"],
  [119, "success"],
  [121, "approval-late"],
  [3600, "approval-late"],
] as const;

describe("an answer that comes so many seconds after the question", () => {
  it.each(LATE)("%d: %s, in 2026-07-28", async (seconds, expected) => {
    const { send, next, close } = await serverInMemory();
    await send(call(1, { _meta: envelope() }));
    const { state } = questionIn(await next(({ id }) => id === 1));
    clock.now += seconds * 1000;
    await send(call(2, { _meta: envelope(), requestState: state, inputResponses: { approval: ACCEPT } }));
    const { status, code } = outcomeOf(await next(({ id }) => id === 2));
    expect(code ?? status).toBe(expected);
    expect(ran()).toHaveLength(expected === "success" ? 1 : 0);
    await close();
  });

  it.each(LATE)("%d: %s, in the 2025 era", async (seconds, expected) => {
    const { send, next, close } = await serverInMemory();
    const params = {
      protocolVersion: "2025-06-18",
      capabilities: { elicitation: {} },
      clientInfo: { name: "test", version: "1" },
    };
    await send({ jsonrpc: "2.0", id: 100, method: "initialize", params });
    await next(({ id }) => id === 100);
    await send({ jsonrpc: "2.0", method: "notifications/initialized" });
    await send(call(101));
    const question = await next(({ method }) => method === "elicitation/create");
    clock.now += seconds * 1000;
    await send({ jsonrpc: "2.0", id: question.id, result: ACCEPT });
    const { status, code } = outcomeOf(await next(({ id }) => id === 101));
    expect(code ?? status).toBe(expected);
    expect(ran()).toHaveLength(expected === "success" ? 1 : 0);
    await close();
  });
});

type Engine = ReturnType<typeof engineOf>["engine"];

const YES: PersonAnswer = { action: "accept", approve: true };

const run = (engine: Engine, command: string, more: object = {}) =>
  engine.run(command, { milliseconds: 20_000, signal: new AbortController().signal, sink: undefined, ...more });

const stateOf = (answer: EngineAnswer): string => {
  if (answer.kind !== "ask") throw new Error(`no question: ${JSON.stringify(answer)}`);
  return answer.state;
};

const codeOf = (answer: EngineAnswer): string => (answer.kind === "refused" ? answer.checked.code : answer.kind);

describe("the engine", () => {
  const command = () => `aws s3 rb s3://${bucket}`;

  it("takes an answer from whom it asked, and from nobody else", async () => {
    const { engine } = engineOf();
    for (const [asked, answered] of [
      ["alice", "bob"],
      ["alice", undefined],
      [undefined, "alice"],
      ["alice", "local"],
    ]) {
      const state = stateOf(await run(engine, command(), asked === undefined ? {} : { principal: asked }));
      const more = { answer: { state, ...YES }, ...(answered === undefined ? {} : { principal: answered }) };
      expect(codeOf(await run(engine, command(), more))).toBe("approval-mismatch");
    }
    expect(ran()).toEqual([]);
    const state = stateOf(await run(engine, command(), { principal: "alice" }));
    expect(codeOf(await run(engine, command(), { principal: "alice", answer: { state, ...YES } }))).toBe("ran");
    expect(ran()).toHaveLength(1);
  });

  it("takes no answer that was given under other rules, though the key is the same", async () => {
    const state = async () => stateOf(await run(engineOf().engine, command()));
    for (const changes of [
      { cells: { egress: "deny" } },
      { targets: new Set(["ours"]) },
      { data: "a policy file" },
      { fetchesUrls: true },
      { profiles: ["default"] },
    ] as const) {
      const { engine } = engineOf(changes);
      expect(codeOf(await run(engine, command(), { answer: { state: await state(), ...YES } }))).toBe(
        "approval-mismatch",
      );
    }
    for (const changes of [{ mode: "read-only" }, { approval: "deny" }] as const) {
      const { engine } = engineOf(changes);
      expect(codeOf(await run(engine, command(), { answer: { state: await state(), ...YES } }))).toBe("effect-destroy");
    }
    expect(ran()).toEqual([]);
    const { engine } = engineOf();
    expect(codeOf(await run(engine, command(), { answer: { state: await state(), ...YES } }))).toBe("ran");
  });

  it("takes no answer for another account or caller than was shown", async () => {
    for (const [account, arn] of [
      ["210987654321", "arn:aws:iam::123456789012:user/me"],
      ["123456789012", "arn:aws:iam::123456789012:user/you"],
    ] as const) {
      const { engine } = engineOf();
      const state = stateOf(await run(engine, command()));
      aws.setIdentity(account, arn);
      // Another server with the same key has remembered nobody.
      expect(codeOf(await run(engineOf().engine, command(), { answer: { state, ...YES } }))).toBe("approval-mismatch");
      aws.setIdentity("123456789012", "arn:aws:iam::123456789012:user/me");
    }
    expect(ran()).toEqual([]);
  });

  it("says whose account it is, profile by profile, and unknown where AWS does not say", async () => {
    aws.setIdentity("nobody", "?");
    const answer = await run(engineOf().engine, `${command()} --profile default`);
    aws.setIdentity("123456789012", "arn:aws:iam::123456789012:user/me");
    if (answer.kind !== "ask") throw new Error("no question");
    expect(answer.question.message).toMatch(/^account: unknown\n/m);
    expect(answer.question.message).toMatch(/^as: profile default$/m);
  });

  it("runs with the very bytes that were approved, whatever happens while it asks AWS who it is", async () => {
    const file = join(bench.machine.workspace, `${bucket}.zip`);
    const update = `aws lambda update-function-code --function-name f --zip-file fileb://${bucket}.zip`;
    const { engine } = engineOf();
    writeFileSync(file, "approved");
    const state = stateOf(await run(engine, update));
    aws.setDelay(300);
    const answer = run(engine, update, { answer: { state, ...YES } });
    const until = performance.now() + 10_000;
    let turn = 0;
    let result: EngineAnswer | undefined;
    answer.then((value) => {
      result = value;
    });
    // It was read before the first turn, or it holds something else and is refused: nothing between.
    await new Promise((resolve) => setTimeout(resolve, 20));
    while (result === undefined && performance.now() < until) {
      writeFileSync(file, turn++ % 2 === 0 ? "replaced" : "approvee");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    aws.setDelay(0);
    const done = await answer;
    if (done.kind === "ran" && done.result.kind === "run") expect(done.result.output.text).toBe("approved");
    else expect(codeOf(done)).toBe("approval-mismatch");
    rmSync(file, { force: true });
  });

  /** A server whose keys are those of the moment. */
  const engineWithKeys = (keys: () => string) => {
    const resolve = async () => {
      const found = await bench.machine.identities.resolve(undefined, 9000);
      if (!found.ok) throw new Error(found.error);
      return { ok: true as const, value: { ...found.value, keys: { ...found.value.keys, AWS_ACCESS_KEY_ID: keys() } } };
    };
    const machine = { ...bench.machine, identities: { ...bench.machine.identities, resolve } };
    return createEngine({ ...bench.settings, book: bench.book, machine, seals: newSeals() });
  };

  it("shows the account of the keys that would run now, also where they have changed since it asked", async () => {
    let key = "AKIAONE";
    const engine = engineWithKeys(() => key);
    const first = await run(engine, command());
    const state = stateOf(first);
    key = "AKIATWO";
    aws.setIdentity("210987654321", "arn:aws:iam::210987654321:user/me");
    const second = await run(engine, command());
    expect(codeOf(await run(engine, command(), { answer: { state, ...YES } }))).toBe("approval-mismatch");
    aws.setIdentity("123456789012", "arn:aws:iam::123456789012:user/me");
    const accounts = [first, second].map(
      (each) => each.kind === "ask" && /^account: (\d+)$/m.exec(each.question.message)?.[1],
    );
    expect(accounts).toEqual(["123456789012", "210987654321"]);
    expect(ran()).toEqual([]);
  });

  it("does not run with other keys than those whose account was shown", async () => {
    let asked = 0;
    // They change when the stage itself is prepared, after everybody has been asked.
    const engine = engineWithKeys(() => (++asked <= 3 ? "AKIAONE" : "AKIATWO"));
    const state = stateOf(await run(engine, command()));
    const answer = await run(engine, command(), { answer: { state, ...YES } });
    expect(answer).toMatchObject({ kind: "ran", result: { kind: "failure", code: "identity-changed" } });
    expect(ran()).toEqual([]);
  });

  it("lets a filter read the very file that a person was asked about", async () => {
    const file = join(bench.machine.workspace, `${bucket}.txt`);
    const text = `${command()} | cat ${bucket}.txt`;
    const { engine } = engineOf();
    writeFileSync(file, "approved");
    const state = async () => stateOf(await run(engine, text));
    const early = await state();
    writeFileSync(file, "replaced");
    expect(codeOf(await run(engine, text, { answer: { state: early, ...YES } }))).toBe("approval-mismatch");
    const answer = run(engine, text, { answer: { state: await state(), ...YES } });
    const done = await answer;
    expect(done).toMatchObject({ kind: "ran", result: { output: { text: "replaced" } } });
    rmSync(file);
  });

  it("asks nobody what nobody would read", async () => {
    const many = Array.from({ length: 1500 }, (_, index) => `i-${bucket}-${index}`).join(" ");
    expect(codeOf(await run(engineOf().engine, `aws ec2 terminate-instances --instance-ids ${many}`))).toBe(
      "approval-too-long",
    );
  });

  it("never asks from check", async () => {
    const { engine } = engineOf();
    const checked = await engine.check(command(), { signal: new AbortController().signal });
    expect([checked.verdict, checked.code]).toEqual(["ask", "effect-destroy"]);
    expect(ran()).toEqual([]);
  });
});
