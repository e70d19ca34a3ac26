import type { SedPart } from "./read-sed-part.js";
import { lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { type SedReading, takeMatch } from "./sed-reading.js";

/**
 * Reads a bracket expression, in which a delimiter and a backslash are members, as `snarf_char_class` in sed's compile.c.
 * sed takes more than this after `[:`, `[.` and `[=`; all of it is a mistake.
 */
// bracket = ( "[" - mark ) , ( "^" , inside | inside - caret ) , "]" ;
export const readSedBracket = (reading: SedReading, { start }: SedPart): SedProblem | undefined => {
  const from = reading.at;
  const text = takeMatch(reading, BRACKET);
  return text === undefined ? notClosed(reading, from, start) : undefined;
};

// A `^` and a `]` at the beginning are never anything else. Every other step begins in its own way, so there is nothing to try twice.
const BRACKET = new RegExp(
  [
    String.raw`\[(?:\^|(?!\^))(?:\]|(?!\]))`,
    String.raw`(?:[^[\]\n]|\[+(?:[^[\]\n.:=]|:[^[\]\\\n.:=]+:\]|\.[^[\]\\\n.:=]+\.\]|=[^[\]\\\n.:=]+=\]))*`,
    String.raw`\[*\]`,
  ].join(""),
  "y",
);

const notClosed = ({ script }: SedReading, from: number, start: number): SedProblem =>
  notUnderstood(
    lineFrom(script, from),
    start === from ? "opens a bracket that is not closed" : "opens a bracket in an expression and does not close it",
    "close it with `]`, as in `[a-z]` or `[[:space:]]`; a bracket that is text is written `\\[`, and inside brackets a backslash escapes nothing",
  );
