import { ok, type Result } from "../../language/result.js";
import { type ValueProblem, valueProblem } from "./value-problem.js";

/** Text that an argument can carry as it is: a lone surrogate would reach the program as another character. */
export const wellFormed = (text: string): Result<string, ValueProblem> => {
  const offset = text.search(/\p{Surrogate}/u);
  if (offset === -1) return ok(text);
  return valueProblem(
    "value-not-unicode",
    "the value holds half of a surrogate pair",
    "write whole characters",
    offset,
  );
};
