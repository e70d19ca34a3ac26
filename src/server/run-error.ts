import { eventProblem } from "../egress/event-problem.js";
import type { CompletedRun, StageResult } from "../executor/run-result.js";
import { oneLine } from "../language/visible.js";
import { type AwsError, awsError, DRY_RUN, firstAwsErrorInside, firstErrorInside } from "./aws-error.js";
import type { PipelineOutput } from "./output-schema.js";

/** Why a run counts as failed; nothing where it does not. */
export const errorOf = (run: CompletedRun): PipelineOutput["error"] => {
  if (run.ending !== "finished" && run.ending !== "output-full") return { kind: "failure", ...ENDINGS[run.ending] };
  // What was cut says so by itself, and its stages were ended for it.
  if (run.ending === "output-full") return undefined;
  const aws = failedAws(run);
  const stopped = run.stages.find((stage) => stage.stopped !== undefined)?.stopped;
  // Nothing came because what was to give it failed.
  const isConsequence = stopped?.code === "expansion-empty" && aws !== undefined;
  if (stopped !== undefined && !isConsequence) return itemError(stopped);
  if (aws !== undefined) return egressFailure(run) ?? awsFailure(aws);
  const failed = run.stages.find((stage, index) => isFailedUtility(stage, index < run.stages.length - 1));
  if (failed === undefined) return undefined;
  return (failed.name === "xargs" ? egressFailure(run) : undefined) ?? utilityFailure(failed, run.output.text);
};

// What a dry run was to find out is its answer.
const failedAws = (run: CompletedRun): AwsError | undefined => {
  const error = awsError(run);
  return error?.code === DRY_RUN ? undefined : error;
};

// A run of xargs that was judged with its items, and may not run.
const itemError = ({
  kind,
  code,
  message,
  hint,
  item,
}: NonNullable<StageResult["stopped"]>): PipelineOutput["error"] => ({
  kind: kind === "refused" ? "refusal" : "failure",
  code,
  message: `xargs stopped${item === undefined ? "" : ` at \`${oneLine(item)}\``}: ${message}`,
  hint,
});

/** What is said of a call that was ended before its commands were. */
export const ENDINGS = {
  deadline: {
    code: "deadline",
    message: "the call took longer than its deadline and was stopped",
    hint: "what it changes may have happened, so look before you send a change again; ask for less, as with `--max-items 100`, or give a larger `timeout`",
  },
  cancelled: {
    code: "cancelled",
    message: "the call was cancelled and its processes were stopped",
    hint: "what it changes may have happened: look, as with a list or describe, before you send a change again",
  },
};

const awsFailure = ({ code, message, hint }: AwsError): PipelineOutput["error"] => ({
  kind: "failure",
  code,
  message,
  hint,
});

// The CLI says only that its proxy did not connect; the proxy knows why.
const egressFailure = ({ refusedEgress: [event] }: CompletedRun): PipelineOutput["error"] | undefined => {
  if (event === undefined) return undefined;
  const { code, message, hint } = eventProblem(event);
  const { host, port } = event;
  return { kind: "failure", code, message: `the AWS CLI could not connect to \`${host}:${port}\`: ${message}`, hint };
};

// Exit 1 is an answer (grep found nothing), and a producer may be told to stop by a consumer that has enough.
const isFailedUtility = ({ name, exit, stderr, isUnread }: StageResult, hasConsumer: boolean): boolean => {
  if (hasConsumer && isUnread === true) return false;
  if (name === "aws") return exit.kind === "signalled" && !(exit.signal === "SIGPIPE" && hasConsumer);
  // sort handles SIGPIPE by raising it anew, which no seccomp filter lets it do outside a process namespace of its own.
  if (hasConsumer && exit.kind === "exited" && /: Broken pipe$/m.test(stderr)) return false;
  return exit.kind === "exited"
    ? exit.code > 1
    : !(exit.kind === "signalled" && exit.signal === "SIGPIPE" && hasConsumer);
};

const utilityFailure = (stage: StageResult, output: string): PipelineOutput["error"] => {
  const ended = `\`${stage.name}\` ended with ${exitText(stage)}`;
  const aws = stage.name === "xargs" ? firstAwsErrorInside(stage.stderr, output) : undefined;
  if (aws !== undefined) return { kind: "failure", ...aws, message: `${ended}: ${aws.message}` };
  return {
    kind: "failure",
    code: "stage-failed",
    message: `${ended}${reasonOf(stage)}`,
    hint: (stage.exit.kind === "signalled" && SIGNAL_HINTS[stage.exit.signal]) || hintOf(stage),
  };
};

// Limits of the kernel end a program by a signal of their own (setrlimit(2), seccomp(2)).
const SIGNAL_HINTS: { readonly [Signal in NodeJS.Signals]?: string } = {
  SIGXCPU: "it used up its processor time: give it less input or a simpler program, or a larger `timeout`",
  SIGXFSZ: "it wrote more temporary data than it may: give it less input, as with `--max-items 1000`",
  SIGSYS: "it tried what the sandbox forbids: use another option or another utility",
};

const hintOf = ({ name, stderr }: StageResult): string => {
  if (name === "xargs") return "a run of its command failed: see what it wrote, and run that command alone";
  return memoryHint(stderr);
};

const memoryHint = (stderr: string): string =>
  NO_MEMORY.test(stderr)
    ? "it may use 2 GiB of memory: give it less input, as with `--max-items 1000`, or work line by line"
    : "look at what it was given: run the pipeline without it";

const NO_MEMORY = /memory exhausted|cannot allocate|out of memory/i;

// What xargs runs may be aws, which writes an error as JSON.
const reasonOf = ({ name, stderr }: StageResult): string => {
  const error = name === "xargs" ? firstErrorInside(stderr) : undefined;
  const line = error ?? stderr.trim().split("\n", 1)[0] ?? "";
  return line === "" ? "" : `: ${line.slice(0, 300)}`;
};

/** How a stage ended, in words. */
export const exitText = ({ exit }: StageResult): string => {
  switch (exit.kind) {
    case "exited":
      return `status ${exit.code}`;
    case "signalled":
      return exit.signal;
    case "not-started":
      return `no start (${exit.reason})`;
  }
};
