import { rmSync } from "node:fs";
import pLimit from "p-limit";
import { type Checked, check, checkedProblem, checkedVerdict, planText } from "./check.js";
import type { Machine } from "./executor/machine.js";
import { type RunOptions, runPipeline } from "./executor/run-pipeline.js";
import type { RunResult } from "./executor/run-result.js";
import { type Plan, planArgv } from "./plan/plan.js";
import { approve } from "./policy/approve.js";
import type { RuleBook } from "./policy/rule-book.js";

/** What the engine needs to know besides the command. */
export type EngineOptions = {
  readonly book: RuleBook;
  readonly machine: Machine;
  readonly maxOutput: number;
  readonly maxSpool: number;
  readonly concurrency: number;
  /** Time between TERM and KILL. */
  readonly graceMilliseconds: number;
};

/** What one call may choose. */
export type CallOptions = Pick<RunOptions, "milliseconds" | "signal" | "sink">;

/** Either the command was not let through, or it ran, or it could not. */
export type EngineAnswer =
  | { readonly kind: "refused"; readonly checked: Checked }
  | { readonly kind: "ran"; readonly result: RunResult };

/** From text to result: the only way to run anything. */
export type Engine = {
  readonly check: (text: string) => Checked;
  readonly run: (text: string, options: CallOptions) => Promise<EngineAnswer>;
  /** Runs one command that is an argument vector already; it is judged like any other. */
  readonly runArgv: (argv: readonly [string, ...string[]], options: CallOptions) => Promise<EngineAnswer>;
};

/** How many output files are kept in the workspace; older ones are removed. */
const KEPT_SPOOLS = 16;

export const createEngine = (options: EngineOptions): Engine => {
  const { book, machine } = options;
  const limit = pLimit(options.concurrency);
  const spools: string[] = [];
  const keep = (path: string): void => {
    spools.push(path);
    for (const old of spools.splice(0, Math.max(0, spools.length - KEPT_SPOOLS))) rmSync(old, { force: true });
  };

  const runPlan = async (plan: Plan, call: CallOptions): Promise<EngineAnswer> => {
    const approved = approve(plan, book);
    if (!approved.ok) return { kind: "refused", checked: checkedVerdict(plan.text, approved.error) };
    const { maxOutput, maxSpool, graceMilliseconds } = options;
    const result = await limit(() =>
      runPipeline(approved.value, machine, { ...call, maxOutput, maxSpool, graceMilliseconds }),
    );
    if (result.kind === "run" && result.output.spool !== undefined) keep(result.output.spool);
    return { kind: "ran", result };
  };
  return {
    check: (text) => check(text, book),
    runArgv: (argv, call) => runPlan(planArgv(argv), call),
    run: async (text, call) => {
      const planned = planText(text);
      return planned.ok
        ? runPlan(planned.value, call)
        : { kind: "refused", checked: checkedProblem(text, planned.error) };
    },
  };
};
