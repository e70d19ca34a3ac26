import { err, ok, type Result } from "../../language/result.js";
import { inBackticks } from "../../language/visible.js";
import type { ValueProblem } from "../value-problem.js";

/**
 * Reads the value of `-d`: one character, or an escape of one (GNU findutils, "xargs options").
 *
 * @param text the value as written, such as `,`, `\n`, `\054` or `\x2c`
 * @returns the character, below U+0080, since GNU compares bytes and finds no higher one
 *
 * Problems: `bad-value`. GNU takes `\nfoo` for `\n`, and `\x` for `\0`; here they are refused.
 */
export const readDelimiter = (text: string): Result<string, ValueProblem> => {
  if (text.length === 1 && text < "\u0080") return ok(text);
  const letter = /^\\([abfnrtv\\])$/.exec(text)?.[1];
  if (letter !== undefined) return ok(LETTERS[letter] ?? letter);
  const [, octal, hexadecimal] = /^\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2}))$/.exec(text) ?? [];
  const code = octal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number.parseInt(octal, 8);
  return code < 0x80 ? ok(String.fromCharCode(code)) : notOne(text);
};

const LETTERS: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const notOne = (text: string) =>
  err<ValueProblem>({
    code: "bad-value",
    message: `${inBackticks(text)} for \`-d\` is not one character of ASCII`,
    hint: "write the character or an escape of it: `xargs -d , -n 1 echo`, `xargs -d '\\n' -n 1 echo`",
  });
