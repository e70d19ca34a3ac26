import { shown } from "../../policy/approval/shown.js";
import type { Answer } from "../answer.js";
import type { PipelineOutput } from "../output-schema.js";
import { fanOutText } from "./fan-out-text.js";
import type { TaskEnd } from "./run-tasks.js";
import { type TaskResult, taskResult } from "./task-result.js";

/** What is known besides the ends of the tasks. */
export type FanOutOptions = {
  /** The answer to a task as that of a call of its own, its secrets hidden. */
  readonly present: (end: TaskEnd) => Answer | Promise<Answer>;
  /** What was left out of the call, and why. */
  readonly notes: readonly string[];
  /** How many secrets are hidden in what goes with the answer; none where it is left out. */
  readonly hidden?: number;
  /** How long all took. */
  readonly milliseconds: number;
};

/** The answer to a call of several tasks: an error only where none of them has succeeded. */
export const fanOutAnswer = async (
  ends: readonly TaskEnd[],
  { present, notes, hidden = 0, milliseconds }: FanOutOptions,
): Promise<Answer> => {
  const results = await Promise.all(ends.map(async (end, index) => taskResult(end, index + 1, await present(end))));
  const error = errorOfAll(results);
  const hasSteps = results.some(({ task }) => task.step > 0);
  const redacted = results.reduce((sum, { answer }) => sum + (answer.structured.redacted ?? 0), hidden);
  const policy = policyOf(results);
  const structured: PipelineOutput = {
    status: statusOf(results),
    output: "",
    stages: [],
    duration_ms: milliseconds,
    enforced: inAll(results),
    targets: results.map((result) => targetOf(result, hasSteps)),
    ...(notes.length === 0 ? {} : { notes: [...notes] }),
    ...(redacted === 0 ? {} : { redacted }),
    policy,
    ...(error === undefined ? {} : { error }),
  };
  return { isError: error !== undefined, text: fanOutText(results, { notes, policy }), structured };
};

const statusOf = (results: readonly TaskResult[]): PipelineOutput["status"] => {
  const succeeded = results.filter(({ status }) => status === "success").length;
  if (succeeded === 0) return "error";
  return succeeded === results.length ? "success" : "partial";
};

const errorOfAll = (results: readonly TaskResult[]): PipelineOutput["error"] => {
  if (results.some(({ status }) => status === "success")) return undefined;
  const [error] = results.map(({ answer }) => answer.structured.error);
  if (results.every(({ answer }) => answer.structured.error?.code === error?.code)) return error;
  return {
    kind: "failure",
    code: "fan-out-failed",
    message: `none of ${results.length} runs has succeeded, and not all for the same reason`,
    hint: "see the reason of each in `targets`, and send one of them alone first",
  };
};

// Nothing was held in where nothing ran.
const inAll = (results: readonly TaskResult[]): string[] => {
  const ran = results.map(({ answer }) => answer.structured).filter(({ stages }) => stages.length > 0);
  return (ran[0]?.enforced ?? []).filter((name) => ran.every(({ enforced }) => enforced.includes(name)));
};

// What was not run was not judged either.
const policyOf = (results: readonly TaskResult[]): string =>
  (results.find(({ status }) => status !== "not-run") ?? results[0])?.answer.structured.policy ?? "";

type Target = NonNullable<PipelineOutput["targets"]>[number];

/** Characters of a command as data. */
const MOST_COMMAND = 4000;

// The policy, and what held the stages in, is said once for all.
const targetOf = ({ task, status, exitCode, answer }: TaskResult, hasSteps: boolean): Target => {
  const { stages: _, enforced: __, policy: ___, pipelines: ____, targets: _____, ...plain } = answer.structured;
  return {
    ...(hasSteps ? { command: shown(task.command, MOST_COMMAND) } : {}),
    ...task.target,
    ...plain,
    status,
    ...(exitCode === undefined ? {} : { exit_code: exitCode }),
  };
};
