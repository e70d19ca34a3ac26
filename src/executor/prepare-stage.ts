import type { LimitFunction } from "p-limit";
import { err, ok, type Result } from "../language/result.js";
import type { Streams } from "../plan/streams.js";
import type { CanonicalStage } from "../policy/verdict.js";
import type { Launcher } from "./launcher.js";
import type { Machine } from "./machine.js";
import { prepareAws } from "./prepare-aws.js";
import { prepareUtility } from "./prepare-utility.js";
import { prepareXargs } from "./prepare-xargs.js";
import type { RunItem } from "./run-item.js";
import type { RunFailure } from "./run-result.js";
import type { Environment } from "./stage-environment.js";
import type { StageSnapshots } from "./stage-snapshots.js";
import type { XargsChild } from "./xargs/xargs-child.js";
import type { XargsStreams } from "./xargs/xargs-work.js";

/** A stage with everything that it needs but its descriptors. */
export type PreparedStage = PreparedProcess | PreparedXargs;

export type PreparedProcess = {
  readonly kind: "process";
  readonly name: string;
  readonly streams: Streams;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly cwd: string;
  readonly launcher: Launcher;
};

/** xargs is the engine's own: no process, but something that this process does. */
export type PreparedXargs = {
  readonly kind: "xargs";
  readonly name: string;
  readonly streams: Streams;
  readonly start: (streams: XargsStreams) => XargsChild;
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
  const prepared = await prepare(stage, index, run, machine);
  return prepared.ok ? prepared : err({ kind: "failure", stage: index, ...prepared.error });
};

const prepare = async (
  stage: CanonicalStage,
  index: number,
  run: PreparedRun,
  machine: Machine,
): Promise<Result<PreparedStage, Reason>> => {
  switch (stage.kind) {
    case "aws":
      return prepareAws(stage, index, run, machine);
    case "utility":
      return prepareUtility(stage, index, run, machine);
    case "xargs":
      return ok(prepareXargs(stage, run));
  }
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
  /** How its stages run commands of their own, where they can. */
  readonly items: ItemOptions | undefined;
};

/** See `RunOptions`. */
export type ItemOptions = {
  readonly runItem: RunItem;
  readonly progress: (done: number, all: number) => void;
  /** Of all stages together. */
  readonly turns: LimitFunction;
};

/** Why a stage cannot run, before it is known which stage it is. */
export type Reason = Omit<RunFailure, "kind" | "stage">;
