import { inBackticks } from "../../language/visible.js";
import { type AwkProblem, excerptFrom, notUnderstood } from "./awk-problem.js";
import type { AwkToken } from "./awk-token.js";

/** `@include "file"`, `@load "library"`, `@namespace "name"`, `@name(…)` and `@/text/`. */
export const loadsCode = (program: string, offset: number): AwkProblem => {
  const word = /@[ \t]*([A-Za-z_]*)/y;
  word.lastIndex = offset;
  const name = word.exec(program)?.[1] ?? "";
  if (LOADING.has(name)) {
    const message = `\`@${name}\` in an awk program loads code`;
    return { code: "awk-loads-code", message, hint: "write functions into the program itself", offset };
  }
  if (name === "")
    return notUnderstood("`@` is not understood in the awk program", "write `/text/` without `@`", offset);
  const message = `${inBackticks(`@${name}`)} in an awk program calls a function by the name that a variable holds`;
  return { code: "awk-indirect-call", message, hint: "call each function by its own name", offset };
};

const LOADING: ReadonlySet<string> = new Set(["include", "load", "namespace", "nsinclude"]);

export const namespaced = ({ text, offset }: AwkToken): AwkProblem =>
  notUnderstood(
    `${inBackticks(`${text}::`)} in the awk program is the name of a namespace`,
    "leave out the namespace",
    offset,
  );

export const unclosedString = (program: string, offset: number): AwkProblem =>
  notUnderstood(
    `the text ${excerptFrom(program, offset)} is not closed on its line of the awk program`,
    'close it with `"`; a line feed in a text is `\\n`',
    offset,
  );

export const badNumber = (program: string, offset: number): AwkProblem =>
  notUnderstood(
    `the awk program goes on directly behind the number in ${excerptFrom(program, offset)}`,
    "put a blank or an operator between the number and what follows; names begin with a letter",
    offset,
  );

export const badCharacter = (program: string, offset: number): AwkProblem => {
  const character = String.fromCodePoint(program.codePointAt(offset) ?? 0);
  return notUnderstood(
    `the character ${inBackticks(character)} is not understood at this place of the awk program`,
    HINTS.get(character) ?? "outside texts awk knows only ASCII, blanks, tabs and line feeds",
    offset,
  );
};

const HINTS: ReadonlyMap<string, string> = new Map([
  ["'", 'texts of awk stand in double quotes: `"text"`'],
  [".", 'texts are joined by writing them side by side: `$1 " " $2`'],
  ["\\", "a backslash goes on with the next line only as the last character of its line"],
  ["`", 'texts of awk stand in double quotes: `"text"`'],
]);
