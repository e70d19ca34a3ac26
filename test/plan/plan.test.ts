import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { plan, planArgv } from "../../src/plan/plan.js";

const planned = (text: string) => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return plan(text, parsed.value);
};

const KIB = 1024;

describe("plan", () => {
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
          },
          { arguments: [{ text: "cat", span: { start: 28, end: 31 } }], span: { start: 28, end: 31 } },
        ],
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
    const words = Array.from({ length: 11 }, () => ({
      pieces: [{ kind: "bare", text: "a".repeat(100 * KIB), span: { start: 0, end: 1 } }],
      span: { start: 0, end: 1 },
    }));
    const tree = { commands: [{ words, span: { start: 0, end: 1 } }], span: { start: 0, end: 1 } };
    // A text of that size is refused before; the tree is made by hand, of the parser's own shape.
    expect(plan("x", tree as unknown as Parameters<typeof plan>[1])).toEqual({
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
        },
      ],
    });
  });
});
