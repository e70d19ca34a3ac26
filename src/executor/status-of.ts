import { constants } from "node:os";
import type { CompletedRun, RunResult } from "./run-result.js";

/** What a shell calls the exit status of a pipeline: that of its last command, 128 + N for a signal, 124 for our deadline. */
export const statusOf = (run: CompletedRun): number => {
  if (run.ending === "deadline") return 124;
  const exit = run.stages.at(-1)?.exit;
  if (exit?.kind === "exited") return exit.code;
  return exit?.kind === "signalled" ? 128 + (constants.signals[exit.signal] ?? 0) : 1;
};

/** The same where a command may not have started at all, which a list takes for a failed one. */
export const statusOfResult = (result: RunResult): number => (result.kind === "run" ? statusOf(result) : 1);
