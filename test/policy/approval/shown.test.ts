import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shown } from "../../../src/policy/approval/shown.js";

const texts = fc.oneof(
  fc.string({ unit: "grapheme-composite", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom("\\", "u", "{", "a", "}", "\n", " ", "\u200b", "\u202e", "\u0301", "\ud800", "<", "b", ">"),
    maxLength: 20,
  }),
);

describe("shown", () => {
  it.each([
    ["a bucket", "s3://logs-2026/ärger/日本語.txt", "s3://logs-2026/ärger/日本語.txt"],
    ["JSON", '{"a":"b"} *x* [y](z) # > `w`', '{"a":"b"} *x* [y](z) # > `w`'],
    ["a line feed", "x\neffect: read", "x\\u{a}effect: read"],
    ["a carriage return", "x\reffect: read", "x\\u{d}effect: read"],
    ["NEL, LS and PS", "a\u0085b\u2028c\u2029d", "a\\u{85}b\\u{2028}c\\u{2029}d"],
    ["a vertical tab and a form feed", "a\vb\fc", "a\\u{b}b\\u{c}c"],
    ["a terminal's escape", "\u001b[2Kx\u0008\u0007\u009b", "\\u{1b}[2Kx\\u{8}\\u{7}\\u{9b}"],
    ["a tab", "a\tb", "a\\u{9}b"],
    ["marks of direction", "\u202eabc\u202c\u2066\u200f\u061c", "\\u{202e}abc\\u{202c}\\u{2066}\\u{200f}\\u{61c}"],
    ["zero widths", "a\u200bb\u200dc\u2060d\ufeffe\u00adf", "a\\u{200b}b\\u{200d}c\\u{2060}d\\u{feff}e\\u{ad}f"],
    ["tag characters", "a\u{e0041}", "a\\u{e0041}"],
    ["letters without ink", "\u3164\u115f\u1160\uffa0\u2800", "\\u{3164}\\u{115f}\\u{1160}\\u{ffa0}\\u{2800}"],
    ["variation selectors", "a\ufe0fb\u{e0100}c\u034f", "a\\u{fe0f}b\\u{e0100}c\\u{34f}"],
    ["other blanks", "a\u00a0b\u3000c\u2003d", "a\\u{a0}b\\u{3000}c\\u{2003}d"],
    ["blanks in a row", `a${" ".repeat(4)}b  c`, "a\\u{20}\\u{20}\\u{20}\\u{20}b  c"],
    ["marks in a row", "e\u0301\u0301\u0301\u0301", "e\\u{301}\\u{301}\\u{301}\\u{301}"],
    ["an accent", "e\u0301", "e\u0301"],
    ["half a pair", "a\ud83d", "a\\u{d83d}"],
    ["a tag of HTML", "x<br>effect: read</p><!-- a < b <1", "x\\u{3c}br>effect: read\\u{3c}/p>\\u{3c}!-- a < b <1"],
    ["an escape as text", "\\u{a} \\n", "\\u{5c}u{a} \\n"],
  ])("shows %s", (_, text, expected) => {
    expect(shown(text, 500)).toBe(expected);
  });

  it("lets no character through that has no place on one line", () => {
    const nasty = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{DI}\u2800\u00a0\u3000]|<[A-Za-z/!?]| {3}|\p{M}{3}/u;
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 80 }), (text, most) => !nasty.test(shown(text, most))),
      { numRuns: 2000 },
    );
  });

  it("shows no two texts alike", () => {
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: 1, max: 40 }), (one, other, most) => {
        expect(shown(one, most) === shown(other, most)).toBe(one === other);
      }),
      { numRuns: 2000 },
    );
    expect(shown("a\nb", 9)).not.toBe(shown("a\\u{a}b", 9));
  });

  it("leaves a text without any of these as it is", () => {
    const plain = fc.string({ unit: fc.constantFrom(..."abcXYZ019 -_./:=,@{}[]()'\"$#*é日"), maxLength: 40 });
    fc.assert(
      fc.property(plain, (text) => {
        fc.pre(!/ {3}/.test(text));
        expect(shown(shown(text, 100), 100)).toBe(text);
      }),
    );
  });

  it("shows the end of what is cut", () => {
    expect(shown(`${"harmless ".repeat(100)}rm -rf`, 40)).toMatch(/rm -rf \(/);
  });

  it("cuts what is longer, and says how long it was and which", () => {
    const long = "a".repeat(201);
    expect(shown("a".repeat(200), 200)).toBe("a".repeat(200));
    expect(shown(long, 200)).toMatch(/^a{150}…a{50} \(201 characters, sha256 [0-9a-f]{16}\)$/);
    expect(shown(long, 200)).not.toBe(shown(`${"a".repeat(150)}b${"a".repeat(50)}`, 200));
  });

  it("does not cut a character in half", () => {
    expect(shown(`${"a".repeat(7)}😀${"b".repeat(9)}`, 10)).toMatch(/^a{7}…bb \(18 characters, /);
    expect(shown(`${"a".repeat(16)}😀b`, 10)).toMatch(/^a{8}…b \(19 characters, /);
  });

  it("is not slow on what is long", () => {
    const started = performance.now();
    for (const unit of [" ", "\u0301", "\\u{", "<b", "a "]) shown(unit.repeat(200_000), 1_000_000);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
