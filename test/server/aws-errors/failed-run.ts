import type { CompletedRun, StageResult } from "../../../src/executor/run-result.js";

/** A stage that has ended. */
export const endedStage = (name: string, code: number, stderr = ""): StageResult => ({
  name,
  exit: { kind: "exited", code },
  milliseconds: 1,
  stderr,
  enforced: [],
});

/** A run of stages that have ended. */
export const endedRun = (...stages: readonly [StageResult, ...StageResult[]]): CompletedRun => ({
  kind: "run",
  ending: "finished",
  stages,
  output: { text: "", bytes: 0, dropped: undefined, spool: undefined },
  milliseconds: 1,
  enforced: [],
  refusedEgress: [],
  files: { written: [], leftOut: [] },
});

/** A run of one aws stage that has failed. */
export const failedRun = (code: number, stderr: string): CompletedRun => endedRun(endedStage("aws", code, stderr));
