import type { CallOptions } from "../engine.js";
import type { Machine } from "../executor/machine.js";
import type { RunOptions } from "../executor/run-pipeline.js";
import type { StageSnapshots } from "../executor/stage-snapshots.js";
import type { Plan } from "../plan/plan.js";
import type { ApprovedText } from "../policy/approve.js";
import type { RuleBook } from "../policy/rule-book.js";
import type { Verdict } from "../policy/verdict.js";
import type { JudgePlan } from "./judge-again.js";
import type { TextWrites } from "./text-writes.js";

/** What a text that was let through is run with. */
export type StepsOptions = {
  readonly plan: Plan;
  readonly verdict: Verdict;
  readonly approved: ApprovedText;
  readonly book: RuleBook;
  readonly snapshots: StageSnapshots;
  readonly keys: ReadonlyMap<string, string>;
  readonly machine: Machine;
  readonly call: Pick<CallOptions, "signal" | "sink" | "progress" | "draw" | "started">;
  readonly limits: Pick<RunOptions, "maxOutput" | "maxSpool" | "graceMilliseconds"> & { readonly concurrency: number };
  /** Epoch milliseconds at which the whole text is over. */
  readonly deadline: number;
  readonly judgePlan: JudgePlan;
  readonly writes: TextWrites;
  readonly withSnapshots: <T>(work: (snapshots: StageSnapshots) => Promise<T>) => Promise<T>;
};
