import { randomBytes } from "node:crypto";
import { join } from "node:path";
import pLimit from "p-limit";
import { RESULT_FOLDER } from "../plan/workspace-file.js";
import { type ApprovedPipeline, type ApprovedStages, redeem } from "../policy/approve.js";
import { collectErrors } from "./collect-errors.js";
import { type Collector, collectOutput } from "./collect-output.js";
import { killStragglers } from "./end-processes.js";
import { keepFiles } from "./keep-files.js";
import type { Machine } from "./machine.js";
import { notStarted, notStartedRun, stoppedBeforeStart } from "./not-started.js";
import { type PreparedStage, prepareStage } from "./prepare-stage.js";
import type { RunItem } from "./run-item.js";
import type { CompletedRun, Ending, Output, RunFailure, RunResult } from "./run-result.js";
import { removeScratch } from "./scratch.js";
import { pipesFor } from "./stage-ends.js";
import { stageResults, type Timed } from "./stage-results.js";
import type { StageSnapshots } from "./stage-snapshots.js";
import { unlessStopped } from "./unless-stopped.js";
import { type RunningStage, type Wired, wireStages } from "./wire-stages.js";
import { within } from "./within.js";

export type RunOptions = {
  /** Time for the whole run. */
  readonly milliseconds: number;
  /** Time between TERM and KILL. */
  readonly graceMilliseconds: number;
  /** Characters of the answer. */
  readonly maxOutput: number;
  /** Bytes of the file that holds what does not fit. */
  readonly maxSpool: number;
  /** Takes bytes of output from what may still be drawn, and gives how many there were; left out: there is no bound. */
  readonly draw?: (bytes: number) => number;
  /** Ends the run when it fires. */
  readonly signal: AbortSignal;
  /** Descriptor for the output; undefined: it is collected. */
  readonly sink: number | undefined;
  /** Descriptor for the error streams of all stages; left out: they are collected. */
  readonly errors?: number;
  /** The files that were read for judging; a run without files needs none. */
  readonly snapshots?: StageSnapshots;
  /** Ids of the access keys that the run was let through with, by the profile that a stage names; others end it. */
  readonly keys?: ReadonlyMap<string, string>;
  /** Runs the commands of xargs; a run without xargs needs none. */
  readonly runItem?: RunItem;
  /** Hears what was approved when its processes have been started. */
  readonly started?: (stages: ApprovedStages) => void;
  /** How many of them run at once at the most; left out: 1. */
  readonly parallel?: number;
  /** Hears after each of them how many of a stage's have ended, and of how many. */
  readonly progress?: (done: number, all: number) => void;
};

/** A run is over this long after the last stage's end, whatever a stray grandchild still holds open. */
const LINGER = 250;

/** A run shorter than this has not used up the process ids, so that its stragglers are found by a short search. */
const QUICK = 1000;

/**
 * Runs an approved pipeline once: prepares every stage, starts all of them at once, waits for their ends, and leaves
 * no process, descriptor or temporary file behind.
 *
 * Gives a failure when a stage cannot be started; a stage that ends with a status other than 0 is not one.
 */
export const runPipeline = async (
  approved: ApprovedPipeline,
  machine: Machine,
  options: RunOptions,
): Promise<RunResult> => {
  const id = machine.nextRun();
  const asked = machine.now();
  const stages = redeem(approved);
  try {
    return await runStages(stages, id, asked, machine, options);
  } finally {
    await removeScratch(machine.directories, id, stages);
  }
};

const runStages = async (
  stages: ApprovedStages,
  id: string,
  asked: number,
  machine: Machine,
  options: RunOptions,
): Promise<RunResult> => {
  const preparing = await unlessStopped(() => prepareAll(stages, id, machine, options), options);
  if (!preparing.ok) return stoppedBeforeStart[preparing.error];
  const prepared = preparing.value;
  if ("kind" in prepared) return prepared;
  const wired = await wire(prepared, machine, options);
  if ("kind" in wired) return wired;
  options.started?.(stages);
  const started = machine.now();
  const milliseconds = Math.max(1, options.milliseconds - Math.max(0, started - asked));
  const result = await new Run(id, prepared, wired, machine, { ...options, milliseconds }, started).result();
  return result.kind === "run" ? { ...result, files: await keepFiles(stages, result, options.snapshots) } : result;
};

// A server that is out of descriptors says so; a later run may find some.
const wire = async (
  stages: readonly [PreparedStage, ...PreparedStage[]],
  machine: Machine,
  { sink, errors }: RunOptions,
): Promise<Wired | RunFailure> => {
  const to = { sink, errors };
  try {
    return wireStages(stages, await machine.pool.take(pipesFor(stages, to)), to);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return notStarted(stages[0].name, `its pipes could not be made: ${reason}`, 0);
  }
};

const prepareAll = async (
  stages: ApprovedStages,
  id: string,
  machine: Machine,
  { milliseconds, snapshots, keys, runItem, parallel = 1, progress = () => undefined }: RunOptions,
): Promise<readonly [PreparedStage, ...PreparedStage[]] | RunFailure> => {
  const items = runItem === undefined ? undefined : { runItem, progress, turns: pLimit(parallel) };
  const run = { id, milliseconds, snapshots, keys, items };
  const prepared = await Promise.all(stages.map((stage, index) => prepareStage(stage, index, run, machine)));
  const ready: PreparedStage[] = [];
  for (const each of prepared) {
    if (!each.ok) return each.error;
    ready.push(each.value);
  }
  const [first, ...rest] = ready;
  if (first === undefined) throw new Error("a pipeline without stages was approved");
  return [first, ...rest];
};

class Run {
  private readonly id: string;
  private readonly stages: readonly [PreparedStage, ...PreparedStage[]];
  private readonly wired: Wired;
  private readonly machine: Machine;
  private readonly options: RunOptions;
  private readonly started: number;
  private readonly output: Collector | undefined;
  private readonly errors: readonly ReturnType<typeof collectErrors>[];
  private readonly running: Set<RunningStage>;
  private ending: Ending = "finished";
  private grace: NodeJS.Timeout | undefined;

  constructor(id: string, stages: Run["stages"], wired: Wired, machine: Machine, options: RunOptions, started: number) {
    this.id = id;
    this.stages = stages;
    this.wired = wired;
    this.machine = machine;
    this.options = options;
    this.started = started;
    this.running = new Set(wired.children);
    // A name that no output can speak of before it is there.
    const spoolPath = join(machine.workspace, RESULT_FOLDER, randomBytes(16).toString("hex"));
    const limits = { characters: options.maxOutput, spoolBytes: options.maxSpool, spoolPath, draw: options.draw };
    this.output = wired.output === undefined ? undefined : collectOutput(wired.output, limits);
    this.errors = wired.errors.map((descriptor) => collectErrors(descriptor));
  }

  async result(): Promise<RunResult> {
    const stop = () => this.end("cancelled");
    const deadline = setTimeout(() => this.end("deadline"), this.options.milliseconds);
    this.options.signal.addEventListener("abort", stop, { once: true });
    if (this.options.signal.aborted) stop();
    void this.output?.full.then(() => this.end("output-full"));
    const exits = await this.exits();
    clearTimeout(deadline);
    clearTimeout(this.grace);
    this.options.signal.removeEventListener("abort", stop);
    await this.drain();
    const completed = this.completed(exits);
    const missing = completed.stages.findIndex(({ exit }) => exit.kind === "not-started");
    return missing < 0 ? completed : notStartedRun(completed, missing);
  }

  private exits(): Promise<readonly Timed[]> {
    const watch = async (child: RunningStage): Promise<Timed> => {
      const exit = await child.exit;
      this.running.delete(child);
      if (exit.kind === "not-started") this.end("cancelled");
      return { exit, milliseconds: this.machine.now() - this.started };
    };
    return Promise.all(this.wired.children.map(watch));
  }

  private end(ending: Exclude<Ending, "finished">): void {
    if (this.ending !== "finished" || this.running.size === 0) return;
    this.ending = ending;
    this.signalAll("SIGTERM");
    this.grace = setTimeout(() => this.signalAll("SIGKILL"), this.options.graceMilliseconds);
  }

  private signalAll(signal: NodeJS.Signals): void {
    for (const child of this.running) child.signal(signal);
  }

  private async drain(): Promise<void> {
    const ends = Promise.all([this.output?.ended, ...this.errors.map((each) => each.ended)]);
    const isQuick = this.machine.now() - this.started < QUICK;
    const pids = this.wired.children.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    // Without a process of its own a run leaves none; what xargs has run has swept for itself.
    const swept = pids.length === 0 ? undefined : killStragglers(this.id, isQuick ? Math.min(...pids) : undefined);
    const [inTime] = await Promise.all([within(ends, LINGER), swept]);
    // Somebody who was not found the first time still holds a pipe.
    if (!inTime) await killStragglers(this.id, undefined);
  }

  private completed(exits: readonly Timed[]): CompletedRun {
    const errors = this.errors.map((each) => each.finish());
    const output = this.output?.finish() ?? noOutput;
    return {
      kind: "run",
      ending: this.ending,
      ...stageResults(this.stages, this.wired.children, exits, errors),
      output,
      milliseconds: this.machine.now() - this.started,
      refusedEgress: this.machine.egress.refused(this.id),
      files: { written: [], leftOut: [] },
    };
  }
}

const noOutput: Output = { text: "", bytes: 0, dropped: undefined, spool: undefined };
