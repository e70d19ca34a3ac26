import { ok, type Result } from "../language/result.js";
import type { ValueKind } from "./utility-grammar.js";
import { badValue, type ValueProblem } from "./value-problem.js";

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  "": 1024,
  k: 1024,
  K: 1024,
  m: 1024 ** 2,
  M: 1024 ** 2,
  G: 1024 ** 3,
};

/** A buffer size between two bounds; `%` and the greater units are never inside them. */
export const judgeSize = (
  kind: Extract<ValueKind, { readonly kind: "size" }>,
  text: string,
  place: string,
): Result<string, ValueProblem> => {
  const [, digits = "", unit = ""] = /^(\d{1,12})([bkKmMG]?)$/.exec(text) ?? [];
  const bytes = digits === "" ? Number.NaN : Number(digits) * (UNITS[unit] ?? Number.NaN);
  if (bytes >= kind.min && bytes <= kind.max) return ok(text);
  return badValue(
    text,
    place,
    `a size from ${shown(kind.min)} to ${shown(kind.max)}`,
    `write \`${shown(kind.max)}\` or less`,
  );
};

const shown = (bytes: number): string => (bytes % 1024 ** 2 === 0 ? `${bytes / 1024 ** 2}M` : `${bytes / 1024}K`);
