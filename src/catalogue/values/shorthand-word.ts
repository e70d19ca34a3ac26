import { ok, type Result } from "../../language/result.js";
import { isFileReference } from "./file-reference.js";
import { stripEnd } from "./python-blanks.js";
import { match, misplaced, type Reading } from "./shorthand-reading.js";
import { type Leaf, textValue } from "./value.js";
import { type ValueProblem, valueProblem } from "./value-problem.js";

/**
 * `word | "'" text "'" | "\"" text "\""`, where a value begins. Only here may a word hold `=`, and only here may it be empty.
 * `loads` says whether its own key ends in `@=`.
 */
export const readFirst = (reading: Reading, loads: boolean): Result<Leaf, ValueProblem> =>
  read(reading, loads, FIRST) ?? leaf(reading, loads, "", reading.offset);

/** The same after a comma, or nothing where none begins. */
export const readSecond = (reading: Reading, loads: boolean): Result<Leaf, ValueProblem> | undefined =>
  read(reading, loads, SECOND);

const read = (reading: Reading, loads: boolean, pattern: RegExp): Result<Leaf, ValueProblem> | undefined => {
  const start = reading.offset;
  const quote = reading.text[start];
  if (quote === "'" || quote === '"') return readQuoted(reading, loads, quote);
  const word = match(reading, pattern);
  return word === "" ? undefined : leaf(reading, loads, stripEnd(word.replaceAll("\\,", ",")), start);
};

// The ranges are Python's and end at U+FFFF: what lies beyond must be quoted. U+001C to U+001F are blanks to Python.
const START = "!#-&(-+\\x2d-\\x3c\\x3e-\\x5a\\x5c-\\x7a\\x7c-\\uffff";
const BLANK = "\\t-\\r\\x1c-\\x20";
const FIRST = new RegExp(`(?:\\\\,|[${START}])(?:\\\\,|[${BLANK}!#-&(-+\\x2d-\\x5c\\x5e-\\x7c\\x7e-\\uffff])*`, "uy");
const SECOND = new RegExp(`(?:\\\\,|[${START}])(?:\\\\,|[${BLANK}!#-&(-+\\x2d-\\x3c\\x3e-\\uffff])*`, "uy");

const readQuoted = (reading: Reading, loads: boolean, quote: string): Result<Leaf, ValueProblem> => {
  const start = reading.offset;
  const end = closingQuote(reading.text, start, quote);
  if (end === -1) return misplaced(reading, `a value with its closing \`${quote}\``);
  reading.offset = end + 1;
  const inside = reading.text.slice(start + 1, end);
  return leaf(reading, loads, inside.replaceAll(`\\${quote}`, quote).replaceAll("\\\\", "\\"), start);
};

/** The first quote without a backslash before it, or else the last one with: `'C:\dir\'` is closed. */
const closingQuote = (text: string, open: number, quote: string): number => {
  let last = -1;
  for (let at = text.indexOf(quote, open + 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (text[at - 1] !== "\\") return at;
    last = at;
  }
  return last;
};

const leaf = (reading: Reading, loads: boolean, text: string, start: number): Result<Leaf, ValueProblem> => {
  if (!isFileReference(text)) return ok(textValue(text));
  if (loads !== reading.loads) return whoseFile(start);
  return ok(loads ? { kind: "file", reference: text } : textValue(text));
};

const whoseFile = (offset: number) =>
  valueProblem(
    "value-ambiguous",
    "whether this file is read depends on an `@=` that belongs to another key",
    "write `Key@=file://…` for each file, with no braces before it in the same list",
    offset,
  );
