import { err, type Result } from "../language/result.js";
import type { CanonicalStage } from "../policy/verdict.js";
import type { Launcher } from "./launcher.js";
import type { Machine } from "./machine.js";
import { prepareAws } from "./prepare-aws.js";
import { prepareUtility } from "./prepare-utility.js";
import type { RunFailure } from "./run-result.js";
import type { Environment } from "./stage-environment.js";
import type { StageSnapshots } from "./stage-snapshots.js";

/** A stage with everything that its process needs but its descriptors. */
export type PreparedStage = {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly cwd: string;
  readonly launcher: Launcher;
};

/**
 * Finds a stage's program, checks its files and resolves its identity. Everything that can take time or go wrong
 * happens here, before the first process of the pipeline exists.
 */
export const prepareStage = async (
  stage: CanonicalStage,
  index: number,
  run: PreparedRun,
  machine: Machine,
): Promise<Result<PreparedStage, RunFailure>> => {
  const prepared =
    stage.kind === "aws"
      ? await prepareAws(stage, index, run, machine)
      : await prepareUtility(stage, index, run, machine);
  return prepared.ok ? prepared : err({ kind: "failure", stage: index, ...prepared.error });
};

/** What the stages of one run share. */
export type PreparedRun = {
  readonly id: string;
  /** The deadline. */
  readonly milliseconds: number;
  /** The files that were read for judging. */
  readonly snapshots: StageSnapshots | undefined;
  /** See `RunOptions`. */
  readonly keys: ReadonlyMap<string, string> | undefined;
};

/** Why a stage cannot run, before it is known which stage it is. */
export type Reason = Omit<RunFailure, "kind" | "stage">;
