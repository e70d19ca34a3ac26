import { err, ok, type Result } from "../language/result.js";
import { judgeJqProgram } from "./jq-program.js";
import type { ValueProblem } from "./value-problem.js";

export type ProgramKind = "jq-program";

type Judge = (program: string) => Result<undefined, ValueProblem>;

const JUDGES: Readonly<Record<ProgramKind, Judge>> = { "jq-program": judgeJqProgram };

/** Arguments that are programs are parsed by the judge of their language. */
export const judgeProgram = (kind: ProgramKind, program: string): Result<string, ValueProblem> => {
  const judged = JUDGES[kind](program);
  if (judged.ok) return ok(program);
  const { code, message, hint } = judged.error;
  return err({ code, message, hint });
};
