import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallOptions, Engine, EngineAnswer } from "../../../src/engine.js";
import { auditedEngine } from "../../../src/server/audit/audited-engine.js";
import { type AuditBench, auditBench, type Line } from "./audit-bench.js";
import { memoryLog } from "./memory-log.js";

let audit: AuditBench;
let engine: Engine;

beforeAll(() => {
  audit = auditBench();
  engine = audit.engineOf();
});
afterAll(() => audit.remove());

const call = (more: Partial<CallOptions> = {}): CallOptions => ({
  ...{ milliseconds: 20_000, signal: new AbortController().signal, sink: undefined, request: "7" },
  ...more,
});

/** The one record that a call has left. */
const onlyLine = (): Line => {
  const lines = audit.newLines();
  expect(lines).toHaveLength(1);
  return lines[0] ?? {};
};

const run = async (text: string, more: Partial<CallOptions> = {}): Promise<{ answer: EngineAnswer; line: Line }> => {
  const answer = await engine.run(text, call(more));
  return { answer, line: onlyLine() };
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const always = () => ({
  event: "call",
  id: expect.stringMatching(UUID),
  request: "7",
  principal: "token:bob",
  access: "write",
  policy: engine.policy,
  read_only: false,
  identities: [],
  ms: expect.any(Number),
});

const quiet = { exits: [], bytes: 0, dropped: 0, code: "" };

describe("auditedEngine", () => {
  it("writes down what ran: as it was asked, as it was judged, as whom, and how it ended", async () => {
    const { answer, line } = await run("aws s3 ls | grep -c d", { identify: true });
    expect(answer).toMatchObject({ kind: "ran", warnings: [], result: { output: { text: "1\n" } } });
    expect(line).toEqual({
      ...always(),
      ...{ kind: "run", asked: "aws s3 ls | grep -c d", status: "ok", code: "" },
      canonical: [
        ["aws", "s3", "ls"],
        ["grep", "--count", "--", "d"],
      ],
      ...{ effects: ["read", "read"], verdict: "allow", rule: "allowed" },
      identities: [
        {
          profile: "default",
          region: "us-east-1",
          account: "123456789012",
          arn: "arn:aws:iam::123456789012:user/me",
        },
      ],
      ...{ exits: [[0, 0]], bytes: 2, dropped: 0 },
    });
  });

  it("writes down each pipeline of a list, those that did not run too", async () => {
    const { line } = await run("aws s3 ls | grep nothing && echo yes || numfmt abc; echo end");
    expect(line).toMatchObject({ status: "failed", code: "stage-failed", exits: [[0, 1], "skipped", [2], [0]] });
    expect(line.canonical).toEqual([
      ["aws", "s3", "ls"],
      ["grep", "--", "nothing"],
      ["echo", "yes"],
      ["numfmt", "--", "abc"],
      ["echo", "end"],
    ]);
  });

  it("writes down what other commands have completed as it started, and how often xargs ran", async () => {
    const { line } = await run(
      "echo a b c | xargs -n 1 aws s3api get-bucket-location --bucket; aws s3api get-bucket-location --bucket $(echo x)",
    );
    expect(line).toMatchObject({ status: "ok", runs: 3, exits: [[0, 0], [0], [0]] });
    expect(line.canonical).toEqual([
      ["echo", "a", "b", "c"],
      ["xargs", "-n", "1", "aws", "s3api", "get-bucket-location", "--bucket={}"],
      ["echo", "x"],
      ["aws", "s3api", "get-bucket-location", "--bucket=$(…)"],
    ]);
    expect(line.completed).toEqual([
      ...["a", "b", "c", "x"].map((name) => ["aws", "s3api", "get-bucket-location", `--bucket=${name}`]),
    ]);
  });

  it("keeps the first hundred runs of xargs", async () => {
    const { line } = await run("seq 1 130 | xargs -n 1 echo");
    expect(line).toMatchObject({ status: "ok", runs: 130, exits: [[0, 0]] });
    expect(line.completed).toHaveLength(98);
  });

  it("writes down a text that can't be read, a refusal, and one that only a read-only server makes", async () => {
    expect((await run("aws s3 ls >")).line).toEqual({
      ...{ ...always(), ...quiet, kind: "run", asked: "aws s3 ls >" },
      ...{ canonical: [], effects: [], verdict: "problem", status: "refused" },
      ...{ rule: "redirect-output", code: "redirect-output" },
    });
    const refused = { verdict: "deny", rule: "effect-permissions", code: "effect-permissions", status: "refused" };
    expect((await run("aws iam create-access-key --user-name b")).line).toMatchObject({
      ...{ ...refused, effects: ["permissions"] },
      canonical: [["aws", "iam", "create-access-key", "--user-name=b"]],
    });
    expect((await run("aws s3 mb s3://b", { readOnly: true })).line).toMatchObject({
      ...{ verdict: "deny", rule: "effect-write", status: "refused", read_only: true },
    });
  });

  it("writes down a question, what a person said to it, and what came of it", async () => {
    const command = "aws s3 rb s3://b";
    const asked = await run(command, { canAsk: true });
    if (asked.answer.kind !== "ask") throw new Error("no question");
    const [, question] = /^digest: (\w{16})$/m.exec(asked.answer.question.message) ?? [];
    expect(asked.line).toMatchObject({
      ...{ verdict: "ask", rule: "effect-destroy", status: "asked", code: "effect-destroy" },
      question,
    });
    expect(asked.line).not.toHaveProperty("answer");
    const said = async (action: "accept" | "decline" | "cancel", approve: boolean, to = command) => {
      const again = (await run(command, { canAsk: true })).answer;
      if (again.kind !== "ask") throw new Error("no question");
      return (await run(to, { answer: { state: again.state, action, approve } })).line;
    };
    const ran = { verdict: "ask", rule: "effect-destroy", effects: ["destroy"], status: "ok", code: "", exits: [[0]] };
    const approved = await said("accept", true);
    expect(approved).toMatchObject({ ...ran, answer: "approved", question });
    expect(approved).not.toHaveProperty("warned");
    expect(await said("accept", true, "aws s3 rb s3://c")).toMatchObject({ code: "approval-mismatch", question });
    expect(await said("accept", true, "aws s3 rb s3://b >")).toMatchObject({ code: "redirect-output", question });
    const refused = {
      ...{ verdict: "deny", rule: "approval-declined", status: "refused", code: "approval-declined" },
      question,
    };
    expect(await said("accept", false)).toMatchObject({ ...refused, answer: "declined" });
    expect(await said("decline", false)).toMatchObject({ ...refused, answer: "declined" });
    expect(await said("cancel", false)).toMatchObject({ ...refused, answer: "cancelled" });
  });

  it("calls a question that nobody can be shown a refusal", async () => {
    const { answer, line } = await run("aws s3 rb s3://b");
    expect(answer.kind).toBe("ask");
    expect(line).toMatchObject({
      ...{ verdict: "ask", rule: "effect-destroy", status: "refused", code: "effect-destroy" },
    });
    expect(line).not.toHaveProperty("question");
  });

  it("names no question that this server has not asked", async () => {
    const state = `${Buffer.from('["0123456789abcdef",1,"x"]').toString("base64url")}.x`;
    const { line } = await run("aws s3 rb s3://b", { answer: { state, action: "accept", approve: true } });
    expect(line).toMatchObject({ status: "refused", code: "approval-forged", answer: "approved" });
    expect(line).not.toHaveProperty("question");
  });

  it("names the rules that let a command through with a warning, once each", async () => {
    const warnedBy = async (changes: Parameters<AuditBench["engineOf"]>[0], text: string) => {
      expect(await audit.engineOf(changes).run(text, call())).toMatchObject({ warnings: [expect.any(String)] });
      return onlyLine();
    };
    const warned = { verdict: "allow", rule: "allowed", warned: ["effect-destroy"], status: "ok" };
    expect(await warnedBy({ approval: "client" }, "aws s3 rb s3://b")).toMatchObject(warned);
    expect(await warnedBy({ mode: "permissive" }, "aws s3 rb s3://b; aws s3 rb s3://c")).toMatchObject(warned);
    expect(await warnedBy({ mode: "permissive" }, "aws s3api delete-bucket --bucket $(echo b)")).toMatchObject(warned);
    expect((await run("aws s3 ls")).line).not.toHaveProperty("warned");
  });

  it("names the rules that the answer names", async () => {
    const { answer, line } = await run("aws s3 ls", { readOnly: true });
    expect(answer.policy).not.toBe(engine.policy);
    expect(line.policy).toBe(answer.policy);
    const checked = await engine.check("aws s3 ls", { signal: new AbortController().signal, readOnly: true });
    expect(checked.policy).toBe(answer.policy);
    expect(onlyLine().policy).toBe(answer.policy);
  });

  it("writes down as whom a call ran that was given up, where that is known", async () => {
    const confirmed = audit.engineOf({ approval: "client" });
    await confirmed.run("aws s3 ls", call({ identify: true }));
    const { identities } = onlyLine();
    expect(identities).toEqual([expect.objectContaining({ account: "123456789012" })]);
    audit.aws.setDelay(30_000);
    const leaving = new AbortController();
    const before = audit.aws.calls().length;
    const left = confirmed.run("aws s3 rb s3://b", call({ identify: true, signal: leaving.signal }));
    while (audit.aws.calls().length === before) await new Promise((resolve) => setTimeout(resolve, 50));
    leaving.abort();
    await left;
    const late = await confirmed.run("aws s3 rb s3://b", call({ identify: true, milliseconds: 2500 }));
    audit.aws.setDelay(0);
    expect(late.kind).toBe("ran");
    const lines = audit.newLines();
    expect(lines).toMatchObject([
      { status: "cancelled", warned: ["effect-destroy"], identities },
      { status: "timeout", warned: ["effect-destroy"], identities },
    ]);
  });

  it("writes down a check, and that nothing ran", async () => {
    const text = "aws s3 rb s3://b --region us-east-1";
    const checked = await engine.check(text, { signal: new AbortController().signal, request: "8" });
    expect(checked.verdict).toBe("ask");
    expect(onlyLine()).toEqual({
      ...{ ...always(), ...quiet, request: "8", kind: "check", asked: text, status: "checked", code: "effect-destroy" },
      ...{ verdict: "ask", rule: "effect-destroy", effects: ["destroy"] },
      canonical: [["aws", "s3", "rb", "s3://b", "--region=us-east-1"]],
    });
    expect((await engine.check("aws s3 ls", { signal: new AbortController().signal })).verdict).toBe("allow");
    expect(onlyLine()).toMatchObject({ request: "", verdict: "allow", rule: "allowed", status: "checked", code: "" });
  });

  it("writes down an argument vector as the text that it would be, and where a call sends its commands", async () => {
    await engine.runArgv(
      ["aws", "s3api", "head-bucket", "--bucket", "b", "--output", "text"],
      call({ request: "9", readOnly: true }),
    );
    expect(onlyLine()).toMatchObject({
      ...{
        kind: "argv",
        request: "9",
        asked: "aws s3api head-bucket --bucket b --output text",
        read_only: true,
        status: "ok",
      },
      canonical: [["aws", "s3api", "head-bucket", "--bucket=b", "--output=text"]],
    });
    expect((await run("aws s3 ls", { target: { region: "eu-west-1", profile: "default" } })).line).toMatchObject({
      ...{ profiles: ["default"], regions: ["eu-west-1"], canonical: [["aws", "s3", "ls", "--region=eu-west-1"]] },
    });
  });

  it("says what the tool's answer says of a failure, a deadline and a call that was given up", async () => {
    expect((await run("numfmt abc")).line).toMatchObject({ status: "failed", code: "stage-failed", exits: [[2]] });
    expect((await run("ignores-term", { milliseconds: 400 })).line).toMatchObject({
      ...{ verdict: "allow", status: "timeout", code: "deadline", exits: [["SIGKILL"]] },
    });
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(), 300);
    expect((await run("ignores-term", { signal: leaving.signal })).line).toMatchObject({
      ...{ status: "cancelled", code: "cancelled", exits: [["SIGKILL"]] },
    });
    expect((await run("aws s3 ls", { signal: AbortSignal.abort() })).line).toMatchObject({
      ...{ verdict: "none", rule: "", canonical: [], status: "cancelled", exits: ["cancelled"] },
    });
  });

  it("counts output, also what the answer does not hold", async () => {
    expect((await run("seq 1 1000", { maxOutput: 100 })).line).toMatchObject({
      ...{ status: "ok", bytes: 3893, dropped: 3793 },
    });
  });

  it("writes down a mistake of ours with what had started, and throws it on", async () => {
    const mistaken = audit.audited({
      ...audit.bench.engine,
      run: async (text, options) => {
        await audit.bench.engine.run(text, options);
        throw new Error("a mistake");
      },
      check: () => {
        throw new Error("a mistake");
      },
    });
    await expect(mistaken.run("echo a", call())).rejects.toThrow("a mistake");
    const bug = { verdict: "none", rule: "", status: "bug", code: "internal-error", exits: [] };
    expect(onlyLine()).toMatchObject({ ...bug, kind: "run", asked: "echo a", canonical: [["echo", "a"]] });
    await expect(mistaken.check("echo a", call())).rejects.toThrow("a mistake");
    expect(onlyLine()).toMatchObject({ ...bug, kind: "check", asked: "echo a", canonical: [] });
    await expect(mistaken.run("echo a", call({ signal: AbortSignal.abort() }))).rejects.toThrow("a mistake");
    expect(onlyLine()).toMatchObject({ status: "cancelled", code: "cancelled" });
  });

  it("writes one record where the mistake is in writing down", async () => {
    const log = memoryLog();
    const heard: unknown[] = [];
    const told = (): void => {
      heard.push("told");
      throw new Error("nobody hears");
    };
    const { bench } = audit;
    const parts = { audit: log, principal: { name: "local", access: "write" } as const, now: Date.now, tell: told };
    // The types forbid both, as they forbid any mistake of ours.
    const unreadable = { kind: "ran" } as EngineAnswer;
    const wrong = auditedEngine({ ...bench.engine, run: async () => unreadable }, { ...parts, book: bench.book });
    await expect(wrong.run("echo a", call())).rejects.toThrow(TypeError);
    expect(log.records).toMatchObject([{ asked: "echo a", status: "bug", code: "internal-error" }]);
    const noBook = {} as typeof bench.book;
    const unmasked = auditedEngine(bench.engine, { ...parts, book: noBook });
    await expect(unmasked.run("aws s3 ls", call())).rejects.toThrow("nobody hears");
    expect(heard).toEqual(["told"]);
    expect(log.records[1]).toMatchObject({ asked: "***", canonical: [], status: "ok" });
    expect(log.open()).toBe(0);
  });

  it("writes down that a principal may only read", async () => {
    const reading = audit.engineOf({}, { name: "oauth:ann", access: "read" });
    await reading.run("aws s3 ls", call());
    expect(onlyLine()).toMatchObject({ principal: "oauth:ann", access: "read", read_only: true });
  });

  it("gives each record an id of its own", async () => {
    const [one, two] = [await run("true"), await run("true")];
    expect(one.line.id).not.toBe(two.line.id);
  });

  it("hides secrets wherever they stand, whatever is hidden in answers", async () => {
    const { line } = await run(
      "aws iam create-login-profile --user-name Tr0ub4dor --password Tr0ub4dor | grep Tr0ub4dor",
    );
    expect(JSON.stringify(line)).not.toContain("Tr0ub4dor");
    expect(line).toMatchObject({
      asked: "aws iam create-login-profile --user-name *** --password *** | grep ***",
      canonical: [
        ["aws", "iam", "create-login-profile", "--user-name=***", "--password=***"],
        ["grep", "--", "***"],
      ],
    });
    const completed = await run("aws ssm put-parameter --name /p --value $(echo Tr0ub4dor) --type SecureString");
    expect(completed.line.completed).toEqual([
      ["aws", "ssm", "put-parameter", "--name=/p", "--value=***", "--type=SecureString"],
    ]);
  });
});
