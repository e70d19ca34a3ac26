import type { RunFailure } from "./executor/run-result.js";
import type { StageSnapshots } from "./executor/stage-snapshots.js";
import { ok, type Result } from "./language/result.js";
import type { Plan } from "./plan/plan.js";
import { judge } from "./policy/judge.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { Input, Verdict } from "./policy/verdict.js";

/**
 * Judges a plan with what its parameter files hold, each read once. What one of them says can name another, so that
 * judging and reading take turns until no file is new; no file's content is judged unread.
 *
 * What is only sent is copied where the plan may run, since no verdict depends on it.
 */
export const readInputs = async (
  plan: Plan,
  book: RuleBook,
  snapshots: StageSnapshots,
  signal: AbortSignal,
): Promise<Result<Verdict, RunFailure>> => {
  const taken = new Set<string>();
  const take = async (inputs: readonly Input[]): Promise<Result<number, RunFailure>> => {
    const fresh = inputs.filter((input) => !taken.has(keyOf(input)));
    const result = await snapshots.take(fresh, signal);
    for (const input of fresh) taken.add(keyOf(input));
    return result.ok ? ok(fresh.length) : result;
  };
  for (;;) {
    const verdict = judge(plan, book, snapshots.files);
    const texts = await take(verdict.inputs.filter(({ how }) => how === "text"));
    if (!texts.ok) return texts;
    if (texts.value > 0) continue;
    if (verdict.decision === "deny") return ok(verdict);
    // A filter reads the workspace itself; where a person answers for it, it reads what the person was asked about.
    const rest = await take(verdict.inputs.filter(({ how }) => how !== "operand" || verdict.decision === "ask"));
    if (!rest.ok) return rest;
    return ok(rest.value === 0 ? verdict : judge(plan, book, snapshots.files));
  }
};

const keyOf = ({ stage, path, how }: Input): string => `${stage} ${how} ${path}`;
