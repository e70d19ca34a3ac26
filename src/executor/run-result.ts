import type { EgressEvent } from "../egress/egress-event.js";
import type { Exit } from "./spawn-stage.js";
import type { TakenOutputs } from "./take-outputs.js";
import type { Stopped } from "./xargs/xargs-work.js";

/** What came out of the last stage. */
export type Output = {
  readonly text: string;
  /** All bytes that were read, shown or not. */
  readonly bytes: number;
  /** What is not in `text`: how many bytes, and whether that is all there was or the pipe was closed on the producer. */
  readonly dropped: { readonly bytes: number; readonly exact: boolean } | undefined;
  /** Absolute path, in the workspace's folder of kept results, of the file that holds the output when it did not fit. */
  readonly spool: string | undefined;
};

/** How one stage ended. */
export type StageResult = {
  /** The program's name as in the canonical argv. */
  readonly name: string;
  readonly exit: Exit;
  /** The beginning of what it wrote to its error stream. */
  readonly stderr: string;
  readonly milliseconds: number;
  /** What held it in, by name. */
  readonly enforced: readonly string[];
  /** Of aws alone: the id of the access key that it had. */
  readonly key?: string;
  /** Of xargs alone: how many commands it has run. */
  readonly runs?: number;
  /** Of xargs alone: why it ran no more of them. */
  readonly stopped?: Stopped;
  /** Of xargs alone: it ran no more of them because nobody reads their output any longer. */
  readonly isUnread?: true;
};

/** Why a run ended. */
export type Ending =
  /** every stage ended by itself */
  | "finished"
  /** the deadline passed and the stages were ended */
  | "deadline"
  /** the caller gave up and the stages were ended */
  | "cancelled"
  /** the output passed the spool's size, its pipe was closed and the stages were ended */
  | "output-full";

/** Why a run did not start. */
export type RunFailure = {
  readonly kind: "failure";
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Index of the stage. */
  readonly stage: number;
};

export type CompletedRun = {
  readonly kind: "run";
  readonly ending: Ending;
  readonly stages: readonly [StageResult, ...StageResult[]];
  readonly output: Output;
  readonly milliseconds: number;
  /** What held every stage in, by name. */
  readonly enforced: readonly string[];
  /** Ids of the access keys that runs of xargs had. */
  readonly itemKeys?: readonly string[];
  /** Connections that the egress proxy did not let come about. */
  readonly refusedEgress: readonly EgressEvent[];
  /** Files that came into the workspace, by names below it, and those that did not. */
  readonly files: TakenOutputs;
};

export type RunResult = CompletedRun | RunFailure;
