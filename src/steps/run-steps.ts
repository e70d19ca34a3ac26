import { type Checked, checkedProblem } from "../check.js";
import type { Output, RunFailure, RunResult } from "../executor/run-result.js";
import type { StageSnapshots } from "../executor/stage-snapshots.js";
import { statusOfResult } from "../executor/status-of.js";
import { err, ok, type Result } from "../language/result.js";
import { fillStage } from "../plan/fill-stage.js";
import type { Plan, Stage, Step, Steps, TemplatePart } from "../plan/plan.js";
import { planStages } from "../plan/plan-argv.js";
import { MAX_SUBSTITUTION_BYTES } from "../plan/sizes.js";
import { commandLine, pipelineLine } from "../policy/command-line.js";
import type { Finding } from "../policy/verdict.js";
import { judgeAgain } from "./judge-again.js";
import { outputProblem } from "./output-problem.js";
import { type OutputRoom, type Ready, startPipeline } from "./start-pipeline.js";
import type { StepsOptions } from "./steps-options.js";
import type { PipelineEnd, TextRun } from "./text-run.js";
import { warningsOf } from "./warnings-of.js";

/**
 * Runs a text: its pipelines one after the other, as their operators say, each command substitution before its command.
 * What other commands complete is judged again before it starts. One deadline and one amount of output are for all.
 */
export const runSteps = async (options: StepsOptions): Promise<TextRun> => new TextRunner(options).run();

/** Where a pipeline's output goes. */
type To = { readonly kind: "answer" } | Words;

/** Into the words of another command. */
type Words = {
  readonly kind: "words";
  readonly outputs: Output[];
  /** The call may draw no more, and something of the output was lost for it. */
  isSpent: boolean;
};

/** The status of what ran last, or that the text is over. */
type Status = number | "over";

class TextRunner {
  private readonly options: StepsOptions;
  private readonly ends: PipelineEnd[] = [];
  private readonly warnings: Finding[] = [];
  private characters: number;
  private spoolBytes: number;

  constructor(options: StepsOptions) {
    this.options = options;
    this.characters = options.limits.maxOutput;
    this.spoolBytes = options.limits.maxSpool;
    this.warnings.push(...warningsOf(options.verdict));
  }

  async run(): Promise<TextRun> {
    const status = await this.steps(this.options.plan.steps, { kind: "answer" });
    return {
      ends: this.ends,
      status: status === "over" ? undefined : status,
      warnings: [...new Set(this.warnings.map(({ message }) => message))],
      warned: [...new Set(this.warnings.map(({ code }) => code))],
    };
  }

  private async steps(steps: Steps, to: To): Promise<Status> {
    let status: Status = 0;
    let last = -1;
    for (const step of steps) {
      if (status === "over") this.note(step.pipeline, to, { kind: "not-run" });
      else if (waits(step, status)) this.note(step.pipeline, to, { kind: "skipped" });
      else {
        if (step.when === "failure") this.answered(last);
        status = await this.pipeline(step.pipeline, to);
        last = this.ends.length - 1;
      }
    }
    return status;
  }

  private answered(index: number): void {
    const end = this.ends[index];
    if (end !== undefined) this.ends[index] = { ...end, isAnswered: true };
  }

  private async pipeline(index: number, to: To): Promise<Status> {
    const { approved, snapshots, keys, plan, verdict } = this.options;
    const literal = approved[index];
    if (literal !== undefined) {
      const own = ofStages(snapshots, plan.pipelines[index]?.stages ?? []);
      return this.start({ approved: literal, snapshots: own, keys }, pipelineLine(verdict, index), to);
    }
    const filled = await this.fill(index);
    if (filled === "over") {
      this.note(index, to, { kind: "not-run" });
      return "over";
    }
    if (!filled.ok) return this.refused(index, to, filled.error);
    return this.options.withSnapshots(async (fresh) => {
      const judged = await judgeAgain(filled.value, index, fresh, this.options);
      if (!judged.ok) return this.refused(index, to, judged.error);
      this.warnings.push(...warningsOf(judged.value.verdict));
      return this.start({ ...judged.value, snapshots: fresh }, commandLine(judged.value.verdict), to);
    });
  }

  private async start(ready: Ready, command: string, to: To): Promise<Status> {
    return this.ended(command, to, await startPipeline(this.options, ready, this.room(to)));
  }

  // What a substitution gives has a bound of its own, and nobody reads on in it. It counts all the same: commands, problems
  // and error streams show parts of it.
  private room(to: To): OutputRoom {
    const { sink, draw } = this.options.call;
    if (to.kind === "words")
      return { maxOutput: MAX_SUBSTITUTION_BYTES, maxSpool: 0, sink: undefined, ...drawing(to, draw) };
    const drawn = draw === undefined ? {} : { draw };
    return { maxOutput: this.characters, maxSpool: this.spoolBytes, sink, ...drawn };
  }

  private ended(command: string, to: To, result: RunResult): Status {
    const isLate = result.kind === "failure" && STOPS.has(result.code) && this.ends.length > 0;
    this.ends.push({ command, isInner: to.kind === "words", end: isLate ? stoppedAmid(result) : result });
    if (result.kind === "failure") return STOPS.has(result.code) ? "over" : statusOfResult(result);
    if (result.stages.some(({ stopped }) => stopped?.kind === "refused")) return "over";
    if (to.kind === "answer") this.takeRoom(result.output);
    else if (result.ending === "finished" || result.ending === "output-full") to.outputs.push(result.output);
    // Nothing is made of half a value, so what else was to be part of it need not run.
    const isCut = to.kind === "words" && result.output.dropped !== undefined;
    return result.ending === "finished" && !isCut ? statusOfResult(result) : "over";
  }

  private takeRoom({ text, bytes, spool }: Extract<RunResult, { kind: "run" }>["output"]): void {
    this.characters = Math.max(0, this.characters - text.length);
    if (spool !== undefined) this.spoolBytes = Math.max(0, this.spoolBytes - bytes);
  }

  /** The pipeline with the output of its substitutions in their places. */
  private async fill(index: number): Promise<Result<Plan, Checked> | "over"> {
    const { plan, book } = this.options;
    const stages: Stage[] = [];
    for (const stage of (plan.pipelines[index]?.stages ?? []).map((each) => plan.stages[each])) {
      if (stage === undefined) continue;
      const outputs = await this.outputs(stage);
      if (outputs === "over") return outputs;
      if (!outputs.ok) return outputs;
      const filled = fillStage(stage, (part) => outputs.value.get(part) ?? "");
      if (!filled.ok) return err({ ...checkedProblem(plan.text, filled.error, book), verdict: "deny" });
      stages.push(filled.value);
    }
    const [first, ...rest] = stages;
    if (first === undefined) throw new Error("a pipeline without stages was planned");
    return ok(planStages(plan.text, [first, ...rest]));
  }

  private async outputs(stage: Stage): Promise<Result<ReadonlyMap<TemplatePart, string>, Checked> | "over"> {
    const found = new Map<TemplatePart, string>();
    for (const part of (stage.template ?? []).flatMap(({ parts }) => parts)) {
      if (part.kind !== "output") continue;
      const to: Words = { kind: "words", outputs: [], isSpent: false };
      const status = await this.steps(part.steps, to);
      const problem = outputProblem(to);
      if (problem !== undefined) {
        const { plan, book } = this.options;
        return err({ ...checkedProblem(plan.text, { ...problem, span: part.span }, book), verdict: "deny" });
      }
      if (status === "over") return "over";
      found.set(part, to.outputs.map(({ text }) => text).join(""));
    }
    return ok(found);
  }

  private refused(index: number, to: To, checked: Checked): "over" {
    this.note(index, to, { kind: "refused", checked });
    return "over";
  }

  private note(index: number, to: To, end: PipelineEnd["end"]): void {
    this.ends.push({ command: pipelineLine(this.options.verdict, index), isInner: to.kind === "words", end });
  }
}

const drawing = (to: Words, draw: OutputRoom["draw"]): Pick<OutputRoom, "draw"> =>
  draw === undefined
    ? {}
    : {
        draw: (count) => {
          const drawn = draw(count);
          to.isSpent ||= drawn < count;
          return drawn;
        },
      };

const waits = ({ when }: Step, status: number): boolean =>
  (when === "success" && status !== 0) || (when === "failure" && status === 0);

// Whoever sends it again would do twice what has been done.
const stoppedAmid = (failure: RunFailure): RunFailure => ({
  ...failure,
  message: `${failure.code === "deadline" ? "the deadline passed" : "the call was cancelled"} before this command started; those before it have run`,
  hint: "send this command and those behind it in a call of their own",
});

// What stops every later command as well.
const STOPS: ReadonlySet<string> = new Set(["cancelled", "deadline"]);

/** The private files of a pipeline's stages, which it counts from 0. */
const ofStages = (snapshots: StageSnapshots, stages: readonly number[]): StageSnapshots => ({
  ...snapshots,
  of: (stage) => snapshots.of(stages[stage] ?? stage),
});
