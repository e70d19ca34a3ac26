import { performance } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { itemsOf } from "../../../src/utilities/xargs/items-of.js";
import { MAX_XARGS_INPUT, MAX_XARGS_RUNS } from "../../../src/utilities/xargs/run-limits.js";
import type { XargsCall } from "../../../src/utilities/xargs/xargs-call.js";
import { aCall } from "./a-call.js";

const lines: Partial<XargsCall> = { separator: { kind: "lines" }, replace: "{}" };
const at = (character: string): Partial<XargsCall> => ({ separator: { kind: "character", character } });

const runs = (given: Partial<XargsCall>, input: string) => itemsOf(aCall(given), input);

const cases: readonly (readonly [string, Partial<XargsCall>, string, readonly (readonly string[])[]])[] = [
  ["divides at blanks and newlines", {}, " a\tb\n\n c d \n", [["a", "b", "c", "d"]]],
  [
    "takes carriage returns, form feeds and vertical tabs for text inside an item",
    {},
    "a\rb\fc\vd\r\n",
    [["a\rb\fc\vd\r"]],
  ],
  ["leaves them out at the beginning of one", {}, "\ra \f\vb", [["a", "b"]]],
  ["joins quoted and bare parts", {}, `a'b c'"d'e"f\n`, [[`ab cd'ef`]]],
  ["takes what a backslash precedes as it is, a newline too", {}, "a\\ b\\\nc\\'\\\\", [["a b\nc'\\"]]],
  ["takes a backslash for text between quotes", {}, `'a\\'"b\\"`, [["a\\b\\"]]],
  ["keeps empty items in quotes", {}, `'' a "" \n`, [["", "a", ""]]],
  ["drops an empty item and a backslash at the very end, as GNU does", {}, "a ''\\", [["a"]]],
  ["takes other blanks of Unicode for text", {}, "a\u00a0b\u2028c", [["a\u00a0b\u2028c"]]],
  ["keeps the halves of a character together", {}, "\\😀'é'", [["😀é"]]],

  ["runs the command once without items where there are none", {}, "", [[]]],
  ["runs it once for an input of blank lines", { maxItems: 1 }, " \n\r\n", [[]]],
  ["runs nothing without items with -r", { skipsEmpty: true }, "\n", []],
  ["runs nothing without items with -I", lines, " \n\n", []],

  ["gives each run -n items", { maxItems: 2 }, "a b\nc\n d e", [["a", "b"], ["c", "d"], ["e"]]],
  ["gives each run -L lines that are not blank", { maxLines: 2 }, "a b\n\n \nc\nd\n", [["a", "b", "c"], ["d"]]],
  ["goes on with -L where a line ends in a blank", { maxLines: 1 }, "a \nb\t\n\nc\nd\n", [["a", "b", "c"], ["d"]]],
  ["goes on with -L also where that blank is escaped", { maxLines: 1 }, "a\\ \nb\nc\n", [["a ", "b"], ["c"]]],
  ["does not go on with -L behind a blank in quotes", { maxLines: 1 }, "'a '\nb\n", [["a "], ["b"]]],

  ["takes a line for an item with -I, its last blanks too", lines, "  a  b \n\n\t c\n", [["a  b "], ["c"]]],
  ["reads quotes and backslashes with -I", lines, `'a  'b\\ "c"\\\nd\n''\n`, [["a  b c\nd"], [""]]],

  ["takes empty items between delimiters, and none behind the last", at(","), ",a,,b,", [["", "a", "", "b"]]],
  ["takes a newline for text with -d", at(","), "a,b\n", [["a", "b\n"]]],
  ["takes quotes, blanks and backslashes for text with -d", at("\n"), ` 'a\\ \n"`, [[` 'a\\ `, '"']]],
  [
    "counts items for lines with -d and -L",
    { ...at(","), maxLines: 2 },
    "a,,b,c",
    [
      ["a", ""],
      ["b", "c"],
    ],
  ],
  ["gives one item to a run with -0 and -I", { ...at("\0"), replace: "{}" }, "a\n\0\0b", [["a\n"], [""], ["b"]]],
  ["runs the command once for an empty input with -d", at(","), "", [[]]],
];

describe("itemsOf", () => {
  it.each(cases)("%s", (_rule, given, input, wanted) =>
    expect(runs(given, input)).toEqual({ ok: true, value: wanted }),
  );

  it.each([
    [{}, "a\nb 'c\nd'", "'", 2],
    [{}, `"`, '"', 1],
    [lines, "it's\n", "'", 1],
  ])("refuses a quotation that does not end on its line: %j %j", (given, input, quote, line) => {
    expect(runs(given, input)).toEqual({
      ok: false,
      error: {
        code: "xargs-quote",
        message: `line ${line} of the input of \`xargs\` has a \`${quote}\` and no second one behind it`,
        hint: "take each line as it is: `xargs -d '\\n' -n 1 aws s3api get-bucket-location --bucket`",
      },
    });
  });

  it.each([[{}], [lines], [at(",")]])("refuses a NUL character, which GNU would cut the item at: %j", (given) => {
    expect(runs(given, "a\0b\n")).toEqual({
      ok: false,
      error: {
        code: "xargs-nul",
        message: "the input of `xargs` holds a NUL character, which no argument can hold",
        hint: "divide the input there: `xargs -0 -n 1 aws s3api get-bucket-location --bucket`",
      },
    });
  });

  it("refuses more than a thousand runs", () => {
    const input = "a\n".repeat(MAX_XARGS_RUNS);
    const most = runs(lines, input);
    expect(most.ok && most.value.length).toBe(MAX_XARGS_RUNS);
    expect(runs({ maxItems: 1 }, `${input}a`)).toEqual({
      ok: false,
      error: {
        code: "xargs-too-many-runs",
        message: "`xargs` would run its command more than 1000 times",
        hint: "give a run more items, as with `xargs -n 100`, or take fewer lines, as with `head -n 1000` before `xargs`",
      },
    });
  });
});

describe("itemsOf within limits", () => {
  const limits = { words: 3, bytes: 8, itemBytes: 6 };
  const within = (given: Partial<XargsCall>, input: string) => itemsOf(aCall(given), input, limits);

  it("begins a run where an item has no room in the one before", () => {
    expect(within({}, "abc def gh éé x x x x")).toEqual({
      ok: true,
      value: [["abc", "def"], ["gh", "éé"], ["x", "x", "x"], ["x"]],
    });
  });

  it("refuses a line of -L that has no room in a run", () => {
    expect(within({ maxLines: 1 }, "a b c\nd e f\ng\n")).toEqual({
      ok: true,
      value: [["a", "b", "c"], ["d", "e", "f"], ["g"]],
    });
    expect(within({ maxLines: 1 }, "a b c d\n")).toEqual({
      ok: false,
      error: {
        code: "xargs-run-too-long",
        message: "`-L 1` of `xargs` makes a command of this input that is longer than a command may be",
        hint: "count items instead: `xargs -n 100 aws ec2 describe-instances --instance-ids`",
      },
    });
  });

  it.each([[{}], [lines], [at(",")], [{ maxItems: 1 }]])("refuses an item that no argument can be: %j", (given) => {
    expect(within(given, "ééa")).toMatchObject({ ok: true });
    expect(within(given, "ééab")).toEqual({
      ok: false,
      error: {
        code: "xargs-item-too-long",
        message: "the item `ééab` in the input of `xargs` has 7 bytes, which no argument of its command can have",
        hint: "divide it further, as with `tr '\\t' '\\n'` before `xargs`",
      },
    });
  });
});

describe("itemsOf beside a command without room", () => {
  it("refuses any item, and runs the command where there is none", () => {
    const limits = { words: 0, bytes: 8, itemBytes: 8 };
    expect(itemsOf(aCall(), "a", limits)).toMatchObject({ ok: false, error: { code: "xargs-item-too-long" } });
    expect(itemsOf(aCall(), "", limits)).toEqual({ ok: true, value: [[]] });
  });
});

describe("itemsOf takes linear time", () => {
  const full = (text: string): string =>
    text.repeat(Math.ceil(MAX_XARGS_INPUT / text.length)).slice(0, MAX_XARGS_INPUT);

  it.each([
    ["items of one character", {}, full("a ")],
    ["blanks", {}, full(" \n\r")],
    ["quotes", {}, full("''")],
    ["a quotation without end", {}, `'${full("a").slice(1)}`],
    ["one long item in quotes", {}, `"${full("a").slice(2)}"`],
    ["backslashes", {}, full("\\")],
    ["lines", lines, full("a \n")],
    ["delimiters", at(","), full(",")],
    ["lines with -L", { maxLines: 1 }, full("a \n")],
  ])("of %s", (_name, given, input) => {
    const start = performance.now();
    itemsOf(aCall(given), input);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
