import type { Effect } from "../catalogue/effect.js";
import type { Span } from "../language/span.js";
import type { Plan, Stage, Steps } from "../plan/plan.js";
import type { Streams } from "../plan/streams.js";
import type { FileOperandHow } from "../utilities/emit-operand.js";
import type { XargsCall } from "../utilities/xargs/xargs-call.js";
import type { FileHow, InputHow } from "./aws/file-uses.js";
import type { Decision } from "./decision.js";

/** One rule's answer for one stage. */
export type Finding = {
  readonly decision: Decision;
  /** Index of the stage in the plan. */
  readonly stage: number;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly span: Span;
};

/** A stage as it would run, in canonical form. */
export type CanonicalStage =
  | {
      readonly kind: "aws";
      /** Canonical argv; `argv[0]` is `aws`. */
      readonly argv: readonly [string, ...string[]];
      readonly run: "operation" | "help" | "version";
      /** The words of its name after the service's, as in `wait instance-running`. */
      readonly operation: string;
      /** The profile that the command names. */
      readonly profile: string | undefined;
      /** The region that it runs in, named or not. */
      readonly region: string;
      /** The worst first. */
      readonly effects: readonly [Effect, ...Effect[]];
      /** Files that it reads and writes, absolute and lexically inside the workspace. */
      readonly files: readonly StageFile[];
      readonly streams: Streams;
    }
  | {
      readonly kind: "utility";
      /** Canonical argv; `argv[0]` is the utility that runs. */
      readonly argv: readonly [string, ...string[]];
      /** Where the program may lie; the first that exists runs. */
      readonly paths: readonly string[];
      /** Files and folders of the system that it reads besides its libraries. */
      readonly reads: readonly string[];
      /** Whether it puts into a temporary folder what does not fit into memory. */
      readonly scratch: boolean;
      /** Indices of argv that are files, absolute and lexically inside the workspace. */
      readonly files: readonly UtilityFile[];
      readonly effects: readonly [Effect, ...Effect[]];
      readonly streams: Streams;
    }
  | {
      /** The engine's own; each of its runs is judged when its items are known. */
      readonly kind: "xargs";
      /** For people: its options, then the command as it would run, with `UNKNOWN_ITEM` for an item. */
      readonly argv: readonly [string, ...string[]];
      readonly call: XargsCall;
      /** The command's words as written, into which the items go. */
      readonly command: Stage;
      /** Those of the command. */
      readonly effects: readonly [Effect, ...Effect[]];
      readonly files: readonly StageFile[];
      readonly streams: Streams;
    };

/** A file operand of a utility. */
export type UtilityFile = {
  readonly argument: number;
  readonly path: string;
  readonly how: FileOperandHow;
  /** Digest of the copy that it reads; nothing where it reads the workspace itself. */
  readonly sha256: string | undefined;
};

/** A file of an aws stage. */
export type StageFile = {
  readonly path: string;
  readonly how: FileHow;
  /** Digest of what was judged; nothing of what is written, nor of what nobody has read. */
  readonly sha256: string | undefined;
};

/** The policy's answer for a whole plan. */
export type Verdict = {
  readonly decision: Decision;
  readonly findings: readonly Finding[];
  /** One per stage of the plan; undefined where a stage could not be understood. */
  readonly stages: readonly (CanonicalStage | undefined)[];
  /** Files that the stages read and that may be judged with their content, also where a stage was refused. */
  readonly inputs: readonly Input[];
  /** How the stages belong together. */
  readonly pipelines: Plan["pipelines"];
  readonly steps: Steps;
};

/** A file that a stage of the plan reads; an `operand` is a filter's. */
export type Input = { readonly stage: number; readonly path: string; readonly how: InputHow | "operand" };
