import * as fc from "fast-check";

const NASTY = Array.from(
  "\\\\\n\n\n''\"\"$$$``||&;<>()##  \t\t=!{}[]^%,:@+~*?-./_abifnx012é\u00a0漢😀\0\r\u007f\u0085\u2028\u202e\u061c\ud800",
);

export const nastyCharacter = fc.constantFrom(...NASTY);

/** Strings of characters that all mean something. */
export const nastyText = (maxLength: number): fc.Arbitrary<string> => textOf(NASTY, maxLength);

const FRAGMENTS = [
  ...["if", "fi", "i", "f", "do", "done", "case", "time", "!", "{", "}", "[[", "[", "in", "function", "coproc", "esac"],
  ...["=", "+=", "+", "A", "_", "1", "A=", "\\\n", "\\\n", " ", " ", "|", "|", "\n", "#", "''", '"a"', "\\", "$", "$."],
];

/** Strings of what matters where a program is named. */
export const firstWordText = fc
  .array(fc.constantFrom(...FRAGMENTS), { maxLength: 8, size: "max" })
  .map((chosen) => chosen.join(""));

const ACCEPTABLE = Array.from("\\\\\\\n''''\"\"\"\"$$`|;&#   \t=!{}[]^%,:@+~*?-./_abifnx019é\u00a0\u3000漢😀ā");

/** Strings of which many are in the language, and with them what only quotes make acceptable. */
export const acceptableText = (maxLength: number): fc.Arbitrary<string> => textOf(ACCEPTABLE, maxLength);

const textOf = (characters: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...characters), { maxLength, size: "max" }).map((chosen) => chosen.join(""));
