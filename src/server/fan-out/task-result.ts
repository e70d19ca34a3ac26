import type { Target } from "../../check.js";
import { statusOf } from "../../executor/status-of.js";
import type { Answer } from "../answer.js";
import type { TaskEnd } from "./run-tasks.js";
import type { TaskAnswer } from "./task-refusal.js";
import type { Task } from "./tasks.js";

/** What became of a task, and its answer as that of a call of its own. */
export type TaskResult = {
  readonly task: Task;
  /** Its place among all, from 1. */
  readonly number: number;
  readonly status: "success" | "error" | "not-run";
  /** As a shell has it; undefined where nothing ran to its end. */
  readonly exitCode: number | undefined;
  readonly answer: Answer;
};

export const taskResult = ({ task, answer }: TaskEnd, number: number, shown: Answer): TaskResult => ({
  task,
  number,
  status: isNotRun(answer) ? "not-run" : shown.structured.error === undefined ? "success" : "error",
  exitCode: exitCodeOf(answer),
  answer: shown,
});

// A run that these have stopped is none of those that did not start.
const isNotRun = (answer: TaskAnswer): boolean =>
  answer.kind === "ran" &&
  answer.result.kind === "failure" &&
  (answer.result.code === "cancelled" || answer.result.code === "deadline");

const exitCodeOf = (answer: TaskAnswer): number | undefined => {
  switch (answer.kind) {
    case "refused":
      return undefined;
    case "ran":
      return answer.result.kind === "run" ? statusOf(answer.result) : undefined;
    case "ran-several":
      return answer.status;
  }
};

/** A place as people name it: `eu-west-1 (profile dev)`; empty where the call names none. */
export const placeName = ({ profile, region }: Target): string => {
  if (profile === undefined) return region ?? "";
  return region === undefined ? `profile ${profile}` : `${region} (profile ${profile})`;
};
