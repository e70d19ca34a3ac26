import { expandedProblem } from "../plan/expanded-problem.js";
import type { Stage } from "../plan/plan.js";
import { strayUnknown } from "../plan/stray-unknown.js";
import type { Finding } from "./verdict.js";

/** What is wrong with the output of other commands in a stage's arguments, wherever it stands. */
export const judgeOutput = (stage: Stage, index: number): Finding | undefined => {
  for (const argument of stage.arguments) {
    const problem = strayUnknown(argument) ?? expandedProblem(argument);
    if (problem !== undefined) return { decision: "deny", stage: index, ...problem, span: argument.span };
  }
  return undefined;
};
