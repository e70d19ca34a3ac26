import { type AwkProblem, excerptFrom, notUnderstood, readsFile, writesFile } from "./awk-problem.js";
import type { AwkReader } from "./awk-reader.js";

/** The next token cannot stand here; `wanted` is what could. */
export const misplaced = (reader: AwkReader, wanted?: string): AwkProblem => {
  const { text, offset, kind } = reader.peek();
  if (text === ">" && reader.redirects()) return writesFile(text, offset);
  if (text === "<" && reader.shape === "getline") return readsFile("getline <", FILES, offset);
  const hint = wanted === undefined ? (HINTS.get(text) ?? hintOf(reader)) : `write \`${wanted}\` there`;
  if (kind === "end") return notUnderstood("the awk program ends too early", closing(wanted), offset);
  const place = kind === "newline" ? "an end of a line" : excerptFrom(reader.program, offset);
  return notUnderstood(`${place} is not understood at this place of the awk program`, hint, offset);
};

const FILES = "name the file as an operand behind the program, and read it with plain `getline` or with rules";

const closing = (wanted: string | undefined): string =>
  wanted === undefined ? "close every brace, parenthesis and bracket" : `go on with \`${wanted}\``;

const hintOf = (reader: AwkReader): string => {
  if (reader.shape === "getline") return "put `getline` and its variable in parentheses, as in `(getline line) > 0`";
  if (reader.shape === "regex")
    return "write `\\/` for a slash in a regular expression, and put a match in parentheses";
  if (reader.peek().kind === "newline") return "a line goes on behind `,`, `{`, `&&` and `||`, and behind a backslash";
  return "write one statement after the other with `;` between them, and put what is unusual in parentheses";
};

const HINTS: ReadonlyMap<string, string> = new Map([
  [";", "leave it out here: a pattern or a statement stands before `;`"],
  ["else", "write one statement, or several in braces, between `if (…)` and `else`"],
  ["=", "only variables, elements and fields are assigned to; compare with `==`"],
  ["<", "compare two values at a time, as in `a < b && b < c`"],
  [">", "compare two values at a time, as in `a > b && b > c`"],
  ["/=", "put a blank behind the division, or a parenthesis around the regular expression"],
]);
