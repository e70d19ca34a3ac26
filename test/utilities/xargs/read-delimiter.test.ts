import { describe, expect, it } from "vitest";
import { readDelimiter } from "../../../src/utilities/xargs/read-delimiter.js";

describe("readDelimiter", () => {
  it.each([
    [",", ","],
    [" ", " "],
    ["\n", "\n"],
    ["\u007f", "\u007f"],
    ["\\", "\\"],
    ["\\a", "\u0007"],
    ["\\b", "\b"],
    ["\\f", "\f"],
    ["\\n", "\n"],
    ["\\r", "\r"],
    ["\\t", "\t"],
    ["\\v", "\v"],
    ["\\\\", "\\"],
    ["\\0", "\0"],
    ["\\054", ","],
    ["\\54", ","],
    ["\\177", "\u007f"],
    ["\\x2c", ","],
    ["\\x2C", ","],
    ["\\x0", "\0"],
  ])("reads %j", (text, character) => expect(readDelimiter(text)).toEqual({ ok: true, value: character }));

  it.each(["", ",,", "\u0080", "é", "😀", "n\\", "\\x", "\\nfoo", "\\8", "\\08", "\\0054", "\\200", "\\xff", "\\x02c"])(
    "refuses %j",
    (text) => expect(readDelimiter(text)).toMatchObject({ ok: false, error: { code: "bad-value" } }),
  );

  it.each(["\\x+1", "\\x 1", "\\x-1", "\\xg", "\\q", "\\ ", "\\\n", "\\x2c ", "\\x2c\n", "\ud801"])(
    "refuses %j",
    (text) => expect(readDelimiter(text)).toMatchObject({ ok: false, error: { code: "bad-value" } }),
  );
});
