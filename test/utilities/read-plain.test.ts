import { describe, expect, it } from "vitest";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { grammars } from "./grammar-files.js";

const read = (...argv: readonly string[]) => {
  const matched = matchUtility(grammars, argv, "/ws");
  return matched.ok ? matched.value.argv : matched.error;
};

describe("readPlain", () => {
  it.each([
    [
      ["printf", "%s", "-n", "--"],
      ["printf", "--", "%s", "-n", "--"],
    ],
    [
      ["printf", "--", "%s", "a"],
      ["printf", "--", "%s", "a"],
    ],
    [
      ["printf", "--", "--", "a"],
      ["printf", "--", "--", "a"],
    ],
    [
      ["printf", "-x%s", "a"],
      ["printf", "--", "-x%s", "a"],
    ],
    [
      ["printf", "--help"],
      ["printf", "--help"],
    ],
    [
      ["printf", "--hel"],
      ["printf", "--", "--hel"],
    ],
    [
      ["printf", "--help", "a"],
      ["printf", "--", "--help", "a"],
    ],
    [
      ["printf", "--", "--help"],
      ["printf", "--", "--help"],
    ],
    [
      ["printf", "--", "-v"],
      ["printf", "--", "-v"],
    ],
    [["true"], ["true"]],
    [["true", "--"], ["true"]],
    [
      ["true", "--version"],
      ["true", "--version"],
    ],
  ])("reads %j", (argv, wanted) => expect(read(...argv)).toEqual(wanted));

  it("refuses the option of another printf", () => {
    expect(read("printf", "-v", "name", "%s", "a")).toEqual({
      code: "refused-option",
      argument: 1,
      message: "option `-v` of `printf` is not allowed: it sets a variable of a shell",
      hint: "write the format first, such as `printf '%s\\n' a b`",
    });
  });

  it("takes no full name for an option that stands beside another word", () => {
    expect(read("true", "--help", "x")).toEqual({
      code: "extra-operand",
      argument: 1,
      message: "`true` takes no further operand, so `--help` is one too many",
      hint: "quote words that belong together",
    });
  });
});
