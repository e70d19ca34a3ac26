import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { planArgv } from "../../src/plan/plan-argv.js";
import { planList } from "../../src/plan/plan-list.js";
import { DEFAULT_STREAMS } from "../../src/plan/streams.js";
import { UNKNOWN_OUTPUT } from "../../src/plan/unknown.js";

const planned = (text: string) => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return planList(text, parsed.value, VARIABLES);
};

const VARIABLES = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1", AWS_PROFILE: "my team" };

const streams = DEFAULT_STREAMS;

const KIB = 1024;

describe("planList", () => {
  it("joins the pieces of every word and keeps where they stand", () => {
    expect(planned("aws  s3\tls 's3://b'/\"x y\" | cat")).toEqual({
      ok: true,
      value: {
        text: "aws  s3\tls 's3://b'/\"x y\" | cat",
        stages: [
          {
            arguments: [
              { text: "aws", span: { start: 0, end: 3 } },
              { text: "s3", span: { start: 5, end: 7 } },
              { text: "ls", span: { start: 8, end: 10 } },
              { text: "s3://b/x y", span: { start: 11, end: 25 } },
            ],
            span: { start: 0, end: 25 },
            streams,
          },
          { arguments: [{ text: "cat", span: { start: 28, end: 31 } }], span: { start: 28, end: 31 }, streams },
        ],
        pipelines: [{ stages: [0, 1], span: { start: 0, end: 31 } }],
        steps: [{ when: "always", pipeline: 0 }],
      },
    });
  });

  it("takes an argument of 120 KiB with its end mark, and not a byte more", () => {
    expect(planned(`echo ${"a".repeat(120 * KIB - 1)}`).ok).toBe(true);
    expect(planned(`echo x ${"a".repeat(120 * KIB)}`)).toEqual({
      ok: false,
      error: {
        code: "argument-too-long",
        message: "one argument has 122881 bytes, and at most 122880 can be passed to a program",
        hint: "put the text into a workspace file, or ask for less at once",
        span: { start: 7, end: 7 + 120 * KIB },
      },
    });
  });

  it("counts bytes of UTF-8, not characters", () => {
    expect(planned(`echo ${"€".repeat(40 * KIB)}`)).toMatchObject({ ok: false, error: { code: "argument-too-long" } });
  });

  it("takes at most 1 MiB of arguments in one stage, and as much in the next", () => {
    const stage = (arguments_: number) => `echo${` ${"a".repeat(100 * KIB - 1)}`.repeat(arguments_)}`;
    expect(planned(`${stage(5)} | ${stage(4)}`).ok).toBe(true);
    expect(planned(stage(10)).ok).toBe(true);
  });

  it("refuses more than 1 MiB of arguments in one stage", () => {
    const span = { start: 0, end: 1 };
    const word = { kind: "word", pieces: [{ kind: "bare", text: "a".repeat(100 * KIB), span }], span } as const;
    const rest = Array.from({ length: 10 }, () => word);
    const command = { kind: "command", words: [word, ...rest], redirections: [], span } as const;
    const first = { kind: "pipeline", commands: [command], span } as const;
    // A text of that size is refused before; the tree is made by hand.
    const list = { kind: "list", items: [{ kind: "and-or", first, rest: [], span }], span } as const;
    expect(planList("x", list, VARIABLES)).toEqual({
      ok: false,
      error: {
        code: "arguments-too-long",
        message:
          "the arguments of one command have 1126499 bytes together, and at most 1048576 can be passed to a program",
        hint: "split the list over several calls",
        span: { start: 0, end: 1 },
      },
    });
  });
});

describe("planList, of more than one pipeline", () => {
  const planOf = (text: string) => {
    const plan = planned(text);
    if (!plan.ok) throw new Error(plan.error.message);
    return plan.value;
  };

  it("has each pipeline look at the status before it, from left to right", () => {
    const { stages, pipelines, steps } = planOf("echo a && echo b | cat || echo c; echo d\necho e");
    expect(stages.map(({ arguments: words }) => words.map(({ text }) => text).join(" "))).toEqual([
      ...["echo a", "echo b", "cat", "echo c", "echo d", "echo e"],
    ]);
    expect(pipelines.map((pipeline) => pipeline.stages)).toEqual([[0], [1, 2], [3], [4], [5]]);
    expect(steps).toEqual([
      { when: "always", pipeline: 0 },
      { when: "success", pipeline: 1 },
      { when: "failure", pipeline: 2 },
      { when: "always", pipeline: 3 },
      { when: "always", pipeline: 4 },
    ]);
  });

  it("leaves the output of a substitution open, and plans what it runs", () => {
    const { stages, pipelines, steps } = planOf('echo a"$(seq 2)"b');
    const [inner, outer] = stages;
    expect(inner.arguments.map(({ text }) => text)).toEqual(["seq", "2"]);
    expect(outer).toEqual({
      arguments: [
        { text: "echo", span: { start: 0, end: 4 } },
        {
          text: `a${UNKNOWN_OUTPUT}b`,
          span: { start: 5, end: 17 },
          expanded: [{ start: 1, end: 2 }],
        },
      ],
      span: { start: 0, end: 17 },
      streams,
      template: [
        { parts: [{ kind: "text", text: "echo" }], span: { start: 0, end: 4 } },
        {
          parts: [
            { kind: "text", text: "a" },
            { kind: "output", steps: [{ when: "always", pipeline: 0 }], quoted: true, span: { start: 7, end: 15 } },
            { kind: "text", text: "b" },
          ],
          span: { start: 5, end: 17 },
        },
      ],
    });
    expect(pipelines.map((pipeline) => pipeline.stages)).toEqual([[0], [1]]);
    expect(steps).toEqual([{ when: "always", pipeline: 1 }]);
  });

  it("puts the server's settings in the places of variables, as literal text that is not split", () => {
    const [stage] = planOf(`aws s3 ls --region $AWS_REGION --profile x$\{AWS_PROFILE} "$AWS_DEFAULT_REGION"`).stages;
    expect(stage.arguments.map(({ text }) => text)).toEqual([
      ...["aws", "s3", "ls", "--region", "eu-west-1", "--profile", "xmy team", "eu-west-1"],
    ]);
    expect(stage.template).toBe(undefined);
  });

  it("keeps a word of nothing beside one that is open", () => {
    const template = planOf("echo \"\" '' $(seq 2)").stages[1]?.template;
    expect(template).toMatchObject([
      { parts: [{ kind: "text", text: "echo" }] },
      { parts: [{ kind: "text", text: "" }] },
      { parts: [{ kind: "text", text: "" }] },
      { parts: [{ kind: "output" }] },
    ]);
  });

  it("follows redirections one after the other", () => {
    const streamsOf = (text: string) => planOf(text).stages[0].streams;
    expect(streamsOf("echo a 2>&1 >/dev/null")).toEqual({ stdin: "pipe", stdout: "null", stderr: "output" });
    expect(streamsOf("echo a >/dev/null 2>&1")).toEqual({ stdin: "pipe", stdout: "null", stderr: "null" });
    expect(streamsOf("</dev/null cat >&2")).toEqual({ stdin: "null", stdout: "errors", stderr: "errors" });
    expect(streamsOf("echo a 2>/dev/null |& cat")).toEqual({ stdin: "pipe", stdout: "output", stderr: "output" });
  });
});

describe("planArgv", () => {
  it("is one stage whose words stand in a text of their own", () => {
    expect(planArgv(["aws", "s3", "help"])).toEqual({
      text: "aws s3 help",
      stages: [
        {
          arguments: [
            { text: "aws", span: { start: 0, end: 3 } },
            { text: "s3", span: { start: 4, end: 6 } },
            { text: "help", span: { start: 7, end: 11 } },
          ],
          span: { start: 0, end: 11 },
          streams,
        },
      ],
      pipelines: [{ stages: [0], span: { start: 0, end: 11 } }],
      steps: [{ when: "always", pipeline: 0 }],
    });
  });
});
