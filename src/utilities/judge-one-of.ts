import { nearest } from "../catalogue/nearest.js";
import { ok, type Result } from "../language/result.js";
import type { ValueKind } from "./utility-grammar.js";
import { badValue, type ValueProblem } from "./value-problem.js";

type OneOf = Extract<ValueKind, { readonly kind: "one-of" }>;

/** A word of the list, in full; a unique prefix where the utility reads one (gnulib `argmatch`: an exact word wins, rows are synonyms). */
export const judgeOneOf = (kind: OneOf, text: string, place: string): Result<string, ValueProblem> => {
  if (kind.of.some((row) => row.includes(text))) return ok(text);
  const [row, ...others] =
    kind.abbreviated && text !== "" ? kind.of.filter((words) => words.some((word) => word.startsWith(text))) : [];
  const full = row?.find((word) => word.startsWith(text));
  if (full !== undefined && others.length === 0) return ok(full);
  const words = kind.of.flat();
  const near = nearest(text, words);
  const hint =
    near.length > 0
      ? `did you mean ${near.map((word) => `\`${word}\``).join(" or ")}?`
      : `write ${words.map((word) => `\`${word}\``).join(" or ")}`;
  return badValue(text, place, "one of its words", hint);
};
