import { err, ok, type Result } from "../language/result.js";
import { judgeAwkProgram } from "./awk/judge-awk-program.js";
import { judgeJqProgram } from "./jq/judge-jq-program.js";
import { judgeSedScript } from "./sed/judge-sed-script.js";
import type { ValueProblem } from "./value-problem.js";

export type ProgramKind = "jq-program" | "sed-script" | "awk-program";

type Judge = (program: string) => Result<undefined, ValueProblem>;

const JUDGES: Readonly<Record<ProgramKind, Judge>> = {
  "jq-program": judgeJqProgram,
  "sed-script": judgeSedScript,
  "awk-program": judgeAwkProgram,
};

/** Arguments that are programs are parsed by the judge of their language. */
export const judgeProgram = (kind: ProgramKind, program: string): Result<string, ValueProblem> => {
  const judged = JUDGES[kind](program);
  if (judged.ok) return ok(program);
  const { code, message, hint } = judged.error;
  return err({ code, message, hint });
};
