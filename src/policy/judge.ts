import type { Plan, Stage } from "../plan/plan.js";
import { strictest } from "./decision.js";
import { dependsOnOutput, withoutAsking } from "./depends-on-output.js";
import { type Files, NO_FILES } from "./files.js";
import { judgeAws } from "./judge-aws.js";
import { judgeOutput } from "./judge-output.js";
import { isWrittenBefore, judgeText, writtenBefore } from "./judge-text.js";
import { judgeUtility } from "./judge-utility.js";
import { judgeXargs } from "./judge-xargs.js";
import type { RuleBook } from "./rule-book.js";
import type { CanonicalStage, Finding, Input, Verdict } from "./verdict.js";

/** One stage's findings, what would run if they allow it, and the files that it reads. */
export type JudgedStage = {
  readonly findings: readonly Finding[];
  readonly stage: CanonicalStage | undefined;
  readonly inputs: readonly Input[];
};

/**
 * Judges every stage of a plan, those of command substitutions too, and the text as a whole. The strictest finding wins; a
 * stage without a finding is denied. Where the output of other commands is not known yet, whatever it may be counts as the
 * worst; the stage is judged again when it is known.
 *
 * @param files what the files of the workspace hold, as far as somebody has read them
 */
export const judge = (plan: Plan, book: RuleBook, files: Files = NO_FILES): Verdict => {
  const asked = plan.stages.map((stage, index) => judgeLiteral(stage, index, book, files));
  const written = writtenBefore(plan, asked);
  const text = judgeText(plan, asked, written);
  const judged = asked.map((each) => ({ ...each, findings: each.findings.map((finding) => answered(finding, book)) }));
  const decisions = judged.map((each) => strictest(each.findings.map((finding) => finding.decision)));
  return {
    decision: strictest([...decisions, ...text.map(({ decision }) => decision)]),
    findings: [...judged.flatMap((each) => each.findings), ...text],
    stages: judged.map((each) => each.stage),
    // What the text itself writes is not there yet: a filter reads it then.
    inputs: judged.flatMap((each, index) =>
      each.inputs.filter(({ how, path }) => how !== "operand" || !isWrittenBefore(path, written[index] ?? [])),
    ),
    pipelines: plan.pipelines,
    steps: plan.steps,
  };
};

const judgeLiteral = (stage: Stage, index: number, book: RuleBook, files: Files): JudgedStage => {
  const judged = judgeStage(stage, index, book, files);
  return dependsOnOutput(stage) ? { ...judged, findings: judged.findings.map(withoutAsking) } : judged;
};

/** Judges one stage, whatever it is; `ask` is not yet answered. */
export const judgeStage = (stage: Stage, index: number, book: RuleBook, files: Files): JudgedStage => {
  const problem = judgeOutput(stage, index);
  if (problem !== undefined) return { findings: [problem], stage: undefined, inputs: [] };
  switch (stage.arguments[0].text) {
    case "aws":
      return judgeAws(stage, index, book, files(index));
    case "xargs":
      return judgeXargs(stage, index, book, files);
    default:
      return judgeUtility(stage, index, book, files(index));
  }
};

// Where nobody can be asked an `ask` is a refusal; where the client asks before every call it has been answered.
const answered = (finding: Finding, { approval }: RuleBook): Finding => {
  if (finding.decision !== "ask" || approval === "elicit") return finding;
  if (approval === "client") return { ...finding, decision: "allow" };
  return { ...finding, decision: "deny", hint: "AWS_MCP_APPROVAL is `deny`, so nobody is asked; use a read instead" };
};
