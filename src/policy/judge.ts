import type { Plan, Stage } from "../plan/plan.js";
import { strictest } from "./decision.js";
import { type Files, NO_FILES } from "./files.js";
import { judgeAws } from "./judge-aws.js";
import { judgeUtility } from "./judge-utility.js";
import type { RuleBook } from "./rule-book.js";
import type { CanonicalStage, Finding, Input, Verdict } from "./verdict.js";

/** One stage's findings, what would run if they allow it, and the files that it reads. */
export type JudgedStage = {
  readonly findings: readonly Finding[];
  readonly stage: CanonicalStage | undefined;
  readonly inputs: readonly Input[];
};

/**
 * Judges every stage of a plan. The strictest finding wins; a stage without a finding is denied.
 *
 * @param files what the files of the workspace hold, as far as somebody has read them
 */
export const judge = (plan: Plan, book: RuleBook, files: Files = NO_FILES): Verdict => {
  const judged = plan.stages.map((stage, index) => judgeStage(stage, index, book, files));
  const findings = judged.map((each) => each.findings.map((finding) => answered(finding, book)));
  return {
    decision: strictest(findings.map((each) => strictest(each.map((finding) => finding.decision)))),
    findings: findings.flat(),
    stages: judged.map((each) => each.stage),
    inputs: judged.flatMap((each) => each.inputs),
  };
};

const judgeStage = (stage: Stage, index: number, book: RuleBook, files: Files): JudgedStage =>
  stage.arguments[0].text === "aws"
    ? judgeAws(stage, index, book, files(index))
    : judgeUtility(stage, index, book, files(index));

// Where nobody can be asked an `ask` is a refusal; where the client asks before every call it has been answered.
const answered = (finding: Finding, { approval }: RuleBook): Finding => {
  if (finding.decision !== "ask" || approval === "elicit") return finding;
  if (approval === "client") return { ...finding, decision: "allow" };
  return { ...finding, decision: "deny", hint: "AWS_MCP_APPROVAL is `deny`, so nobody is asked; use a read instead" };
};
