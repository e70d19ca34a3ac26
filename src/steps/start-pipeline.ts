import type { Checked } from "../check.js";
import type { RunItem } from "../executor/run-item.js";
import { type RunOptions, runPipeline } from "../executor/run-pipeline.js";
import type { CompletedRun, RunFailure, RunResult } from "../executor/run-result.js";
import type { StageSnapshots } from "../executor/stage-snapshots.js";
import type { Problem } from "../language/problem.js";
import { planStages } from "../plan/plan-argv.js";
import { sizeProblem } from "../plan/sizes.js";
import type { ApprovedPipeline } from "../policy/approve.js";
import { judgeAgain } from "./judge-again.js";
import type { StepsOptions } from "./steps-options.js";

/** A pipeline that may run, and with what. */
export type Ready = {
  readonly approved: ApprovedPipeline;
  readonly snapshots: StageSnapshots;
  readonly keys: ReadonlyMap<string, string>;
};

/** Where a pipeline's output goes, and how much of it. */
export type OutputRoom = Pick<RunOptions, "maxOutput" | "maxSpool" | "sink" | "draw">;

/** Runs one pipeline of a text, and what its xargs stages run. */
export const startPipeline = async (
  options: StepsOptions,
  { approved, snapshots, keys }: Ready,
  to: OutputRoom,
): Promise<RunResult> => {
  const { machine, call, limits, deadline } = options;
  const items: CompletedRun[] = [];
  const result = await runPipeline(approved, machine, {
    ...to,
    graceMilliseconds: limits.graceMilliseconds,
    milliseconds: Math.max(1, deadline - machine.now()),
    signal: call.signal,
    snapshots,
    keys,
    parallel: limits.concurrency,
    runItem: itemRunner(options, items),
    started: starting(options),
    ...(call.progress === undefined ? {} : { progress: call.progress }),
  });
  return withItems(result, items);
};

// Judged in full like any other command. Its turn is its call's: who waited for one of the server's would wait for itself.
const itemRunner =
  (options: StepsOptions, ran: CompletedRun[]): RunItem =>
  (command, { stdout, stderr, signal }) =>
    options.withSnapshots(async (snapshots) => {
      const { plan, machine, limits, deadline, judgePlan, writes } = options;
      const problem = sizeProblem(command);
      if (problem !== undefined) return { kind: "refused", ...reasonOf(problem) };
      const item = planStages(plan.text, [command]);
      const judged = await judgeAgain(item, undefined, snapshots, { judgePlan, writes });
      if (!judged.ok) return { kind: "refused", ...reasonOf(judged.error) };
      const result = await runPipeline(judged.value.approved, machine, {
        maxOutput: 0,
        maxSpool: 0,
        graceMilliseconds: limits.graceMilliseconds,
        // The signal ends it in time; a deadline of its own would look like a run that failed.
        milliseconds: Math.max(1, deadline - machine.now()) + limits.graceMilliseconds,
        signal,
        sink: stdout,
        errors: stderr,
        snapshots,
        keys: judged.value.keys,
        started: starting(options),
      });
      if (result.kind === "failure") return { kind: "failure", ...reasonOf(result) };
      ran.push(result);
      return { kind: "ended", exit: result.stages[0].exit, enforced: result.enforced };
    });

const starting =
  ({ writes, call }: StepsOptions): NonNullable<RunOptions["started"]> =>
  (stages) => {
    writes.started(stages);
    call.started?.(stages);
  };

const reasonOf = ({ code, message, hint }: Checked | RunFailure | Problem) => ({ code, message, hint });

const keysOf = ({ stages }: CompletedRun): readonly string[] => stages.flatMap(({ key }) => key ?? []);

/** What the runs of xargs have done to files and connections is what their pipeline has done. */
const withItems = (result: RunResult, items: readonly CompletedRun[]): RunResult =>
  result.kind === "failure" || items.length === 0
    ? result
    : {
        ...result,
        itemKeys: items.flatMap(keysOf),
        refusedEgress: [...result.refusedEgress, ...items.flatMap(({ refusedEgress }) => refusedEgress)],
        files: {
          written: [...new Set([...result.files.written, ...items.flatMap(({ files }) => files.written)])],
          leftOut: [...result.files.leftOut, ...items.flatMap(({ files }) => files.leftOut)],
        },
      };
