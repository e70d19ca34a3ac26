import type { Plan, Stage } from "../plan/plan.js";
import { strictest } from "./decision.js";
import { judgeAws } from "./judge-aws.js";
import { judgeUtility } from "./judge-utility.js";
import type { RuleBook } from "./rule-book.js";
import type { CanonicalStage, Finding, Verdict } from "./verdict.js";

/** One stage's findings, and what would run if they allow it. */
export type JudgedStage = { readonly findings: readonly Finding[]; readonly stage: CanonicalStage | undefined };

/** Judges every stage of a plan. The strictest finding wins; a stage without a finding is denied. */
export const judge = (plan: Plan, book: RuleBook): Verdict => {
  const judged = plan.stages.map((stage, index) => judgeStage(stage, index, book));
  return {
    decision: strictest(judged.map((each) => strictest(each.findings.map((finding) => finding.decision)))),
    findings: judged.flatMap((each) => each.findings),
    stages: judged.map((each) => each.stage),
  };
};

const judgeStage = (stage: Stage, index: number, book: RuleBook): JudgedStage =>
  stage.arguments[0].text === "aws" ? judgeAws(stage, index, book) : judgeUtility(stage, index, book);
