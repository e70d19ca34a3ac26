import { ok, type Result } from "../../language/result.js";
import { shownAt, type ValueProblem, valueProblem } from "./value-problem.js";

/** Where the reading of one word stands. */
export type Reading = {
  readonly text: string;
  offset: number;
  /** Whether the last `=` read was `@=`. The CLI keeps it beyond the braces in which it stood. */
  loads: boolean;
};

export const atEnd = (reading: Reading): boolean => reading.offset >= reading.text.length;

export const take = (reading: Reading, character: string): boolean => {
  const found = reading.text[reading.offset] === character;
  if (found) reading.offset += 1;
  return found;
};

/** The character, or the problem that it is not there. */
export const expect = (reading: Reading, character: string): Result<undefined, ValueProblem> =>
  take(reading, character) ? ok(undefined) : misplaced(reading, `\`${character}\``);

/** The text that the pattern finds here, or nothing, and then the reading has not moved. */
export const match = (reading: Reading, pattern: RegExp): string => {
  pattern.lastIndex = reading.offset;
  const found = pattern.exec(reading.text)?.[0] ?? "";
  reading.offset += found.length;
  return found;
};

/** Blanks between words are ASCII's; those at the end of a word are Python's. */
export const skipBlanks = (reading: Reading): void => {
  match(reading, BLANKS);
};

const BLANKS = /[ \t\n\r\v\f]+/y;

export const misplaced = ({ text, offset }: Reading, wanted: string) =>
  valueProblem(
    "value-shorthand",
    `the shorthand has ${shownAt(text, offset)} where ${wanted} belongs`,
    "write `Key=value,Other=a,b` with one pair of quotes around a value that holds blanks, commas or quotes, or write JSON",
    offset,
  );
