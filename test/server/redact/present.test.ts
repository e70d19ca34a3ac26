import { describe, expect, it } from "vitest";
import type { Checked } from "../../../src/check.js";
import type { EngineAnswer } from "../../../src/engine.js";
import type { CompletedRun } from "../../../src/executor/run-result.js";
import { present } from "../../../src/server/redact/present.js";

const POLICY = "a".repeat(64);

const run = (text: string, stderr = ""): CompletedRun => ({
  kind: "run",
  ending: "finished",
  stages: [{ name: "aws", exit: { kind: "exited", code: 0 }, stderr, milliseconds: 1, enforced: [] }],
  output: { text, bytes: 7, dropped: undefined, spool: undefined },
  milliseconds: 1,
  enforced: [],
  refusedEgress: [],
  files: { written: [], leftOut: [] },
});

const ran = (result: CompletedRun, warnings: readonly string[] = []): EngineAnswer => ({
  kind: "ran",
  result,
  warnings,
  identities: [],
  kept: [],
  policy: POLICY,
});

const checked = (secret: string): Checked => ({
  verdict: "deny",
  code: "not-allowed",
  message: `\`--password=${secret}\` may not be given`,
  hint: `leave \`--password=${secret}\` away`,
  excerpt: `aws x y --password=${secret}\n        ^^^^^^`,
  canonical: [["aws", "x", "y", `--password=${secret}`]],
  runs: `aws x y --password=${secret}`,
  effects: ["write"],
  policy: POLICY,
});

describe("present", () => {
  it("hides secrets in output and error streams, and counts the places", async () => {
    const [output, stderr] = ['{"Password": "hunter2"}\n', "Authorization: Bearer abc123def456ghi789\n"];
    expect(await present(ran(run(output, stderr)), "on")).toEqual({
      answer: ran(
        run('{"Password": "[redacted: password]"}\n', "Authorization: Bearer [redacted: authorization]\n"),
        [],
      ),
      hidden: 2,
    });
  });

  it("keeps what the run says of its output: bytes, what was dropped and where it lies", async () => {
    const whole = run("password=hunter2\n");
    const cut = {
      ...whole,
      output: { ...whole.output, bytes: 9_999, dropped: { bytes: 9, exact: true }, spool: "/w/o" },
    };
    const { answer } = await present(ran(cut), "on");
    expect(answer).toEqual(ran({ ...cut, output: { ...cut.output, text: "password=[redacted: password]\n" } }));
  });

  it("shows what has no shape, but newlines and tabs", async () => {
    const { answer } = await present(ran(run("a\tb\r\n\u001b[2Jc\rd\u{e0041}\n", "e\u0007\n")), "on");
    expect(answer).toEqual(ran(run("a\tb\n␛[2Jc␍d<U+E0041>\n", "e␇\n")));
  });

  it("does so too where redaction is off, and hides nothing then", async () => {
    const { answer, hidden } = await present(ran(run('{"Password": "hunter2\u001b"}')), "off");
    expect({ answer, hidden }).toEqual({ answer: ran(run('{"Password": "hunter2␛"}')), hidden: 0 });
  });

  it("hides a secret whose name and value are coloured", async () => {
    const colours = '\u001b[34;1m"Password"\u001b[0m\u001b[1m:\u001b[0m \u001b[32m"hunter2"\u001b[0m';
    const { answer } = await present(ran(run(colours)), "on");
    expect(answer).toEqual(ran(run('␛[34;1m"Password"␛[0m␛[1m:␛[0m ␛[32m"[redacted: password]"␛[0m')));
  });

  it("hides them in warnings, in failures and where xargs stopped", async () => {
    const [stage] = run("").stages;
    const stopped = {
      kind: "refused",
      code: "c",
      message: "at token=abc1",
      hint: "no token=abc1",
      item: "token=abc1",
    } as const;
    const halted = (given: typeof stopped | object): EngineAnswer =>
      // INVARIANT: what is given has the fields of `stopped`.
      ran({ ...run(""), stages: [{ ...stage, stopped: given as typeof stopped }] }, []);
    const token = "token=[redacted: token]";
    expect(await present(halted(stopped), "on")).toEqual({
      answer: halted({ ...stopped, message: `at ${token}`, hint: `no ${token}`, item: token }),
      hidden: 3,
    });
    const failure = (text: string): EngineAnswer => ({
      kind: "ran",
      result: { kind: "failure", code: "c", message: text, hint: text, stage: 0 },
      warnings: [text],
      identities: [],
      kept: [],
      policy: POLICY,
    });
    expect(await present(failure("token=abc1"), "on")).toEqual({ answer: failure(token), hidden: 3 });
  });

  it("hides them in refusals, and leaves the carets away that would point at the wrong place", async () => {
    const answer: EngineAnswer = { kind: "refused", checked: checked("hunter2"), policy: POLICY };
    const shown = checked("[redacted: password]");
    expect(await present(answer, "on")).toEqual({
      answer: { ...answer, checked: { ...shown, excerpt: "aws x y --password=[redacted: password]" } },
      hidden: 5,
    });
    const plain: EngineAnswer = { ...answer, checked: { ...checked("$(…)"), excerpt: "aws x | \n        ^" } };
    expect(await present(plain, "on")).toEqual({ answer: plain, hidden: 0 });
  });

  it("leaves a question as it is: a person decides by what it says", async () => {
    const answer: EngineAnswer = {
      kind: "ask",
      question: { message: "run --password=hunter2?", digest: "d" },
      state: "s",
      checked: checked("hunter2"),
      policy: POLICY,
    };
    const { answer: shown } = await present(answer, "on");
    expect(shown).toEqual({
      ...answer,
      checked: { ...checked("[redacted: password]"), excerpt: "aws x y --password=[redacted: password]" },
    });
  });

  it("hides them in each of several pipelines, and in the commands that data has filled", async () => {
    const several = (secret: string, excerpt: string): EngineAnswer => ({
      kind: "ran-several",
      policy: POLICY,
      status: 0,
      warnings: [],
      identities: [],
      kept: [],
      ends: [
        { command: `echo token=${secret}`, isInner: true, end: run(`token=${secret}\n`) },
        { command: `echo token=${secret}`, isInner: false, end: { kind: "skipped" } },
        {
          command: "aws x y",
          isInner: false,
          end: { kind: "refused", checked: { ...checked("$(…)"), message: `token=${secret}`, excerpt } },
        },
        { command: "aws z", isInner: false, end: { kind: "not-run" } },
      ],
    });
    expect(await present(several("abc1", "token=abc1\n^"), "on")).toEqual({
      answer: several("[redacted: token]", "token=[redacted: token]"),
      hidden: 5,
    });
  });
});
