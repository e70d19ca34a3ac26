import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inBackticks, visible, visibleText } from "../../src/language/visible.js";

describe("visible", () => {
  it.each([
    ["\t", " "],
    ["a", "a"],
    ["é", "é"],
    ["\u001b", "␛"],
    ["\r", "␍"],
    ["\u007f", "␡"],
    ["\u009b", "<U+009B>"],
    ["\u202e", "<U+202E>"],
    ["\u200b", "<U+200B>"],
    ["\u00ad", "<U+00AD>"],
    ["\ufeff", "<U+FEFF>"],
    ["\u3164", "<U+3164>"],
    ["\ufe0f", "<U+FE0F>"],
    ["\u{e0041}", "<U+E0041>"],
    ["\u{e0101}", "<U+E0101>"],
    ["\ufff9", "<U+FFF9>"],
    ["\ud83d", "<U+D83D>"],
    ["\ufffd", "\ufffd"],
  ])("shows %j as %s", (character, shown) => {
    expect(visible(character)).toBe(shown);
  });
});

describe("visibleText", () => {
  it.each([
    ["newlines and tabs stay", "a\n\tb\n", "a\n\tb\n"],
    ["CR LF is a newline", "a\r\nb\r\n", "a\nb\n"],
    ["a CR alone would write over its line", "safe\rrm", "safe␍rm"],
    ["so would a backspace", "a\b", "a␈"],
    ["colours", "\u001b[31mred\u001b[0m", "␛[31mred␛[0m"],
    ["escapes as JSON has them are text", '"\\u001b[31m"', '"\\u001b[31m"'],
    ["tags spell sentences", "ok\u{e0072}\u{e006d}", "ok<U+E0072><U+E006D>"],
    ["zero widths", "a\u200b\u2060b", "a<U+200B><U+2060>b"],
    ["a joiner that joins nothing", "a\u200db", "a<U+200D>b"],
    ["joiners in a row", "ن\u200c\u200cن", "ن<U+200C><U+200C>ن"],
    ["selectors behind letters", "a\ufe0fb\u{e0100}", "a<U+FE0F>b<U+E0100>"],
    ["an emoji of two", "👩\u200d💻", "👩\u200d💻"],
    ["an emoji of three", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"],
    ["a coloured sign", "❤\ufe0f", "❤\ufe0f"],
    ["a Persian word", "می\u200cخواهم", "می\u200cخواهم"],
    ["halves of surrogate pairs", "\ud83d", "<U+D83D>"],
    ["what stands for bytes that are no UTF-8", "\ufffd", "\ufffd"],
  ])("%s", (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it("leaves nothing to do the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
      }),
    );
  });

  it("shows each character as `visible` does, but for newlines, tabs and joiners", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!/[\r\n\t]|\u200c|\u200d|\ufe0e|\ufe0f/.test(text));
        expect(visibleText(text)).toBe(Array.from(text, visible).join(""));
      }),
    );
  });

  it.each(["\u001b", "\u200d", "👩\u200d", "م\u200c", "1\ufe0f", "\r\n", "\r", "\ud83d", "\u{e0041}"])(
    "is linear in %j",
    (part) => {
      const text = part.repeat(100_000 / part.length);
      const started = process.cpuUsage().user;
      visibleText(text);
      expect((process.cpuUsage().user - started) / 1000).toBeLessThan(500);
    },
  );
});

describe("inBackticks", () => {
  it("shows what has no shape, and cuts what is long", () => {
    expect(inBackticks("a\u200bb")).toBe("`a<U+200B>b`");
    expect(inBackticks("x".repeat(50))).toBe(`\`${"x".repeat(39)}…\``);
  });
});
