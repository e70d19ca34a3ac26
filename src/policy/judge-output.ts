import { expandedProblem } from "../plan/expanded-problem.js";
import type { Argument, Stage } from "../plan/plan.js";
import { isUnknown } from "../plan/unknown.js";
import type { Finding } from "./verdict.js";

/** What is wrong with the output of other commands in a stage's arguments, wherever it stands. */
export const judgeOutput = (stage: Stage, index: number): Finding | undefined => {
  for (const argument of stage.arguments) {
    const problem = isStray(argument) ? stray : expandedProblem(argument);
    if (problem !== undefined) return { decision: "deny", stage: index, ...problem, span: argument.span };
  }
  return undefined;
};

// Nothing but a place that is still open may hold the character that stands for one.
const isStray = ({ text, expanded = [] }: Argument): boolean => {
  let literal = text;
  for (const { start, end } of expanded.toReversed()) literal = literal.slice(0, start) + literal.slice(end);
  return isUnknown(literal);
};

const stray = {
  code: "lone-surrogate",
  message: "an argument holds half of a surrogate pair",
  hint: "send the whole character, or remove it: one half has no UTF-8 form",
};
