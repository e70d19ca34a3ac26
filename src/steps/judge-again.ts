import { type Checked, checkedFailure, checkedVerdict } from "../check.js";
import type { RunFailure } from "../executor/run-result.js";
import type { StageSnapshots } from "../executor/stage-snapshots.js";
import { err, ok, type Result } from "../language/result.js";
import type { Plan } from "../plan/plan.js";
import { type ApprovedPipeline, approve } from "../policy/approve.js";
import { withoutAsking } from "../policy/depends-on-output.js";
import type { RuleBook } from "../policy/rule-book.js";
import type { Verdict } from "../policy/verdict.js";
import { checkedWrites, type TextWrites } from "./text-writes.js";

/** A plan with all that was found out for judging it. */
export type Judged = {
  readonly book: RuleBook;
  /** See `RunOptions`. */
  readonly keys: ReadonlyMap<string, string>;
  readonly read: Result<Verdict, RunFailure>;
};

export type JudgePlan = (plan: Plan, snapshots: StageSnapshots) => Promise<Judged>;

/** A pipeline that other commands have completed, and may run. */
export type JudgedAgain = {
  readonly approved: ApprovedPipeline;
  readonly keys: Judged["keys"];
  readonly verdict: Verdict;
};

/**
 * Judges a literal pipeline in full, before it runs in the middle of a text, and takes the commands in it that change
 * something. Nobody is asked there: `ask` is a refusal.
 *
 * @param pipeline its index in the text; undefined where it is a run of xargs
 */
export const judgeAgain = async (
  plan: Plan,
  pipeline: number | undefined,
  snapshots: StageSnapshots,
  { judgePlan, writes }: { readonly judgePlan: JudgePlan; readonly writes: TextWrites },
): Promise<Result<JudgedAgain, Checked>> => {
  const { book, keys, read } = await judgePlan(plan, snapshots);
  if (!read.ok) return err(checkedFailure(read.error, book));
  const approved = approve(plan, book, snapshots.files);
  if (approved.ok) {
    const problem = writes.take(read.value, pipeline);
    if (problem !== undefined) return err(checkedWrites({ text: plan.text, verdict: read.value, book }, problem));
    return ok({ approved: approved.value, keys, verdict: read.value });
  }
  const findings = approved.error.findings.map(withoutAsking);
  return err(checkedVerdict(plan.text, { ...approved.error, decision: "deny", findings }, book));
};
