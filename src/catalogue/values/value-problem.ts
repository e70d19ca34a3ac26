import { err } from "../../language/result.js";
import { inBackticks } from "../../language/visible.js";

/** Why the words of an option have no meaning that is certain, and where. */
export type ValueProblem = {
  readonly code: ValueProblemCode;
  readonly message: string;
  readonly hint: string;
  /** Which of the option's words, from 0. */
  readonly word: number;
  /** Where in that word, in UTF-16 code units. */
  readonly offset: number;
};

export type ValueProblemCode =
  | "value-ambiguous"
  | "value-duplicate-key"
  | "value-json"
  | "value-not-unicode"
  | "value-shorthand"
  | "value-too-deep"
  | "value-words";

export const valueProblem = (code: ValueProblemCode, message: string, hint: string, offset: number, word = 0) =>
  err<ValueProblem>({ code, message, hint, word, offset });

export const tooDeep = (offset: number) =>
  valueProblem("value-too-deep", "the value nests more than 64 levels deep", "write it with fewer levels", offset);

export const duplicateKey = (key: string, offset: number) =>
  valueProblem(
    "value-duplicate-key",
    `the key ${inBackticks(key)} stands twice in the same structure`,
    "write each key once; several values of a key are a list",
    offset,
  );

/** The character at a place as a message shows it. */
export const shownAt = (text: string, offset: number): string => {
  const code = text.codePointAt(offset);
  return code === undefined ? "the end" : inBackticks(String.fromCodePoint(code));
};
