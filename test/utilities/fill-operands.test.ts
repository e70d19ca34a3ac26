import { describe, expect, it } from "vitest";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { grammars } from "./grammar-files.js";

const matched = (...argv: readonly string[]) => {
  const result = matchUtility(grammars, argv, "/ws");
  return result.ok ? [result.value.argv, result.value.files.map(({ path }) => path)] : result.error;
};

describe("fillOperands", () => {
  it("gives the words to the slot that is there when one of its options is given", () => {
    expect(matched("shuf", "-e", "/etc/passwd", "b")).toEqual([["shuf", "--echo", "--", "/etc/passwd", "b"], []]);
    expect(matched("shuf", "a.txt")).toEqual([["shuf", "--", "/ws/a.txt"], ["/ws/a.txt"]]);
    expect(matched("basename", "-s", ".x", "a", "b", "c")).toEqual([
      ["basename", "--suffix=.x", "--", "a", "b", "c"],
      [],
    ]);
    expect(matched("basename", "a/b.x", ".x")).toEqual([["basename", "--", "a/b.x", ".x"], []]);
  });

  it("has no slot for them without such an option", () => {
    expect(matched("shuf", "a.txt", "b.txt")).toEqual({
      code: "extra-operand",
      argument: 2,
      message: "`shuf` takes no further operand, so `b.txt` is one too many",
      hint: "`shuf` reads one file, or the pipe; lines of your own are `shuf -e a b c`",
    });
    expect(matched("basename", "a", "b", "c")).toEqual({
      code: "extra-operand",
      argument: 3,
      message: "`basename` takes no further operand, so `c` is one too many",
      hint: "several paths take `-a`, such as `basename -a a/x b/y`, and options stand before them",
    });
    expect(matched("shuf", "-i", "1-9", "a.txt")).toEqual({
      code: "extra-operand",
      argument: 3,
      message: "`shuf` takes no further operand, so `a.txt` is one too many",
      hint: "quote words that belong together",
    });
  });

  it("asks for the operand of a slot that an option brings", () => {
    expect(matched("basename", "-a")).toEqual({
      code: "missing-operand",
      argument: 0,
      message: "`basename` needs a path",
      hint: "write the paths, such as `basename -a a/x b/y`",
    });
  });
});
