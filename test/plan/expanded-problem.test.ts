import { describe, expect, it } from "vitest";
import { expandedProblem } from "../../src/plan/expanded-problem.js";
import { UNKNOWN_ITEM, UNKNOWN_OUTPUT } from "../../src/plan/unknown.js";

const span = { start: 3, end: 9 };

const codeOf = (before: string, data: string, after = ""): string | undefined => {
  const expanded = [{ start: before.length, end: before.length + data.length }];
  return expandedProblem({ text: before + data + after, span, expanded })?.code;
};

describe("expandedProblem", () => {
  it.each([
    ["", "i-0123", undefined],
    ["", "a b\nc", undefined],
    ["", "file:///etc/passwd", undefined],
    ["", "", "expansion-empty"],
    ["--bucket=", "", "expansion-empty"],
    ["x", " \t", "expansion-empty"],
    ["", "None", "expansion-none"],
    ["s3://b/", "None", "expansion-none"],
    ["", "none", undefined],
    ["", "NoneSuch", undefined],
    ["", "-exec", "expansion-dash"],
    ["", "--profile", "expansion-dash"],
    ["--name=", "-x", "expansion-dash"],
    ["a", "-x", undefined],
    ["", "a\u0000b", "expansion-characters"],
    ["", "a\rb", "expansion-characters"],
    ["", "\u001b[31m", "expansion-characters"],
    ["", "\u202egnp", "expansion-characters"],
    ["", UNKNOWN_OUTPUT, undefined],
    ["-", UNKNOWN_ITEM, undefined],
  ])("says of %j before %j: %s", (before, data, code) => {
    expect(codeOf(before, data)).toBe(code);
  });

  it("looks at no literal part", () => {
    expect(codeOf("-None", "x", "\r")).toBe(undefined);
    expect(expandedProblem({ text: "--None", span })).toBe(undefined);
  });
});
