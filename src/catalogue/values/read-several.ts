import { ok, type Result } from "../../language/result.js";
import type { ValueProblem } from "./value-problem.js";

/** Reads each word on its own; the first problem says in which word it is. */
export const readSeveral = <T>(
  words: readonly string[],
  read: (word: string) => Result<T, ValueProblem>,
): Result<readonly T[], ValueProblem> => {
  const values: T[] = [];
  for (const [word, text] of words.entries()) {
    const value = read(text);
    if (!value.ok) return { ok: false, error: { ...value.error, word } };
    values.push(value.value);
  }
  return ok(values);
};
