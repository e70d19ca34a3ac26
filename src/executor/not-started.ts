import { rmSync } from "node:fs";
import type { CompletedRun, RunFailure } from "./run-result.js";

/** A run that was stopped while it was prepared. */
export const stoppedBeforeStart: Readonly<Record<"cancelled" | "deadline", RunFailure>> = {
  cancelled: {
    kind: "failure",
    code: "cancelled",
    message: "the call was cancelled before its first command started",
    hint: "send it again",
    stage: 0,
  },
  deadline: {
    kind: "failure",
    code: "deadline",
    message: "the deadline passed before the first command started, while it waited for its turn or for credentials",
    hint: "give a larger `timeout`, or have the operator see what it waits for",
    stage: 0,
  },
};

/** A run of which one stage did not start. Nobody will read the output of the others. */
export const notStartedRun = ({ stages, output }: CompletedRun, stage: number): RunFailure => {
  if (output.spool !== undefined) rmSync(output.spool, { force: true });
  const { name = "", exit, stderr = "" } = stages[stage] ?? {};
  const words = stderr.trim().split("\n", 1)[0] ?? "";
  const reason = exit?.kind === "not-started" ? exit.reason : "unknown";
  return notStarted(name, words === "" ? reason : `${reason}: ${words.slice(0, 300)}`, stage);
};

/** A stage that did not start, and why. */
export const notStarted = (name: string, reason: string, stage: number): RunFailure => ({
  kind: "failure",
  code: "not-started",
  message: `\`${name}\` could not be started: ${reason}`,
  hint: "send it again; when it fails again, tell the operator",
  stage,
});
