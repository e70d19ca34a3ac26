import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import { type Span, span } from "./span.js";
import { inBackticks } from "./visible.js";

/** What an escape stands for, and where it ends. */
type Escape = { readonly text: string; readonly end: number };

// code = quote | "'" | "\" | "a" | "b" | "e" | "f" | "n" | "r" | "t" | "v" | "c" , control | "x" , hex , [ hex ] | octal , [ octal ] , [ octal ] ;
const SIMPLE: ReadonlyMap<string, string> = new Map([
  ...['"', "'", "\\"].map((character) => [character, character] as const),
  ...Object.entries({ a: "\x07", b: "\b", e: "\x1b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" }),
]);

// The third digit after \x is unspecified, so it is looked at.
const CODE = /c(?:\\\\|[A-Za-z[\]^_?@])|x[0-9A-Fa-f]{1,3}|[0-7]{1,3}/y;

/** The escape that begins at this backslash between dollar-single-quotes; refused where POSIX.1-2024, 2.2.4, says too little. */
export const readEscape = (text: string, at: number): Result<Escape, Problem> => {
  const simple = SIMPLE.get(text.charAt(at + 1));
  if (simple !== undefined) return ok({ text: simple, end: at + 2 });
  CODE.lastIndex = at + 1;
  const code = CODE.exec(text)?.[0];
  if (code === undefined) return err(unknownEscape(text, span(at, at + 1 + secondLength(text, at))));
  const where = span(at, at + 1 + code.length);
  if (/^x...$/.test(code)) return err(thirdDigit(text, where));
  return character(byteOf(code), text, where);
};

/** One character, a surrogate pair too. */
const secondLength = (text: string, at: number): number => String.fromCodePoint(text.codePointAt(at + 1) ?? 0).length;

const byteOf = (code: string): number => {
  if (code.startsWith("x")) return Number.parseInt(code.slice(1), 16);
  return code.startsWith("c") ? controlOf(code.charAt(1)) : Number.parseInt(code, 8);
};

/** What a terminal sends for this key with control (POSIX, stty, "Circumflex Control Characters"). */
const controlOf = (key: string): number => (key === "?" ? 0x7f : key.toUpperCase().charCodeAt(0) & 0x1f);

const character = (byte: number, text: string, where: Span): Result<Escape, Problem> => {
  if (byte === 0) return err(escapedNul(text, where));
  return byte < 0x80 ? ok({ text: String.fromCharCode(byte), end: where.end }) : err(escapedByte(text, where));
};

const written = (text: string, where: Span): string => inBackticks(text.slice(where.start, where.end));

const unknownEscape = (text: string, where: Span): Problem => ({
  code: "unknown-escape",
  message: `what ${written(text, where)} stands for between these quotes is not certain`,
  hint: "write the character itself; two backslashes are a literal one: `echo $'a\\\\d'`",
  span: where,
});

const thirdDigit = (text: string, where: Span): Problem => ({
  code: "unknown-escape",
  message: `whether ${written(text, where)} has two digits or three is not certain`,
  hint: "close the quotes after the second digit: `echo $'\\x41''4'`",
  span: where,
});

const escapedNul = (text: string, where: Span): Problem => ({
  code: "escaped-nul",
  message: `${written(text, where)} stands for NUL, which no argument can hold`,
  hint: "leave it out; a program that works with NUL has its own way to say so: `tr '\\0' '\\n'`",
  span: where,
});

const escapedByte = (text: string, where: Span): Problem => ({
  code: "escaped-byte",
  message: `${written(text, where)} stands for a byte beyond ASCII, which may be half a character`,
  hint: "write the character itself: `echo 'é'`",
  span: where,
});
