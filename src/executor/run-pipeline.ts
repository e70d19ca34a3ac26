import { join } from "node:path";
import type { ApprovedPipeline } from "../policy/approve.js";
import { redeem } from "../policy/approve.js";
import { collectErrors } from "./collect-errors.js";
import { type Collector, collectOutput } from "./collect-output.js";
import { killStragglers, signalGroup } from "./end-processes.js";
import type { Machine } from "./machine.js";
import { type PreparedStage, prepareStage } from "./prepare-stage.js";
import type { CompletedRun, Ending, Output, RunFailure, RunResult, StageResult } from "./run-result.js";
import type { Child, Exit } from "./spawn-stage.js";
import { pipesFor, type Wired, wireStages } from "./wire-stages.js";

export type RunOptions = {
  /** Time for the whole run. */
  readonly milliseconds: number;
  /** Time between TERM and KILL. */
  readonly graceMilliseconds: number;
  /** Characters of the answer. */
  readonly maxOutput: number;
  /** Bytes of the file that holds what does not fit. */
  readonly maxSpool: number;
  /** Ends the run when it fires. */
  readonly signal: AbortSignal;
  /** Descriptor for the output; undefined: it is collected. */
  readonly sink: number | undefined;
};

/** A run is over this long after the last stage's end, whatever a stray grandchild still holds open. */
const LINGER = 250;

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
  const [first, ...rest] = redeem(approved);
  const prepared = await prepareAll([first, ...rest], id, machine, options);
  if ("kind" in prepared) return prepared;
  if (options.signal.aborted) return cancelledBeforeStart;
  const pipes = await machine.pool.take(pipesFor(prepared.length));
  const started = machine.now();
  const run = new Run(id, prepared, wireStages(prepared, pipes, options.sink), machine, options, started);
  return run.result();
};

const cancelledBeforeStart: RunFailure = {
  kind: "failure",
  code: "cancelled",
  message: "the call was cancelled before its first command started",
  hint: "send it again",
  stage: 0,
};

const prepareAll = async (
  stages: Parameters<typeof prepareStage>[0][],
  id: string,
  machine: Machine,
  { milliseconds }: RunOptions,
): Promise<readonly [PreparedStage, ...PreparedStage[]] | RunFailure> => {
  const prepared = await Promise.all(
    stages.map((stage, index) => prepareStage(stage, index, { id, milliseconds }, machine)),
  );
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
  private readonly running: Set<Child>;
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
    const spoolPath = join(machine.workspace, `output-${id}.txt`);
    const limits = { characters: options.maxOutput, spoolBytes: options.maxSpool, spoolPath };
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
    const missing = exits.findIndex(({ exit }) => exit.kind === "not-started");
    return missing < 0 ? completed : notStarted(completed, missing);
  }

  // INVARIANT: a group is killed in the same turn in which its leader's end is seen, so its number cannot be another's.
  private exits(): Promise<readonly Timed[]> {
    const watch = async (child: Child): Promise<Timed> => {
      const exit = await child.exit;
      this.running.delete(child);
      if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
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
    for (const child of this.running) if (child.pid !== undefined) signalGroup(child.pid, signal);
  }

  private async drain(): Promise<void> {
    const ends = Promise.all([this.output?.ended, ...this.errors.map((each) => each.ended)]);
    const inTime = await within(ends, LINGER);
    // Somebody outside the groups still holds a pipe, or was told to stop and may have left its group.
    if (!inTime || this.ending !== "finished") await killStragglers(this.id);
  }

  private completed(exits: readonly Timed[]): CompletedRun {
    const results = this.stages.map((stage, index) => this.stageResult(stage, index, exits[index]));
    const [first, ...rest] = results;
    if (first === undefined) throw new Error("a run without stages");
    return {
      kind: "run",
      ending: this.ending,
      stages: [first, ...rest],
      output: this.output?.finish() ?? noOutput,
      milliseconds: this.machine.now() - this.started,
      enforced: inAll(this.stages.map((stage) => stage.launcher.enforces)),
    };
  }

  private stageResult({ name }: PreparedStage, index: number, timed: Timed | undefined): StageResult {
    const stderr = this.errors[index]?.finish() ?? "";
    return { name, stderr, ...(timed ?? { exit: { kind: "not-started", reason: "unknown" }, milliseconds: 0 }) };
  }
}

const notStarted = (run: CompletedRun, stage: number): RunFailure => {
  const { name = "", exit } = run.stages[stage] ?? {};
  const reason = exit?.kind === "not-started" ? exit.reason : "unknown";
  const message = `\`${name}\` could not be started: ${reason}`;
  return {
    kind: "failure",
    code: "not-started",
    message,
    hint: "send it again; when it fails again, tell the operator",
    stage,
  };
};

type Timed = { readonly exit: Exit; readonly milliseconds: number };

const noOutput: Output = { text: "", bytes: 0, dropped: undefined, spool: undefined };

const within = async (work: Promise<unknown>, milliseconds: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const inTime = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
};

const inAll = (lists: readonly (readonly string[])[]): readonly string[] =>
  (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name)));
