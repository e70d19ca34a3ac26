import type { LimitFunction } from "p-limit";
import type { Stage } from "../../plan/plan.js";
import type { XargsCall } from "../../utilities/xargs/xargs-call.js";
import type { XargsProblem } from "../../utilities/xargs/xargs-problem.js";
import type { RunItem } from "../run-item.js";

/** What an xargs stage has to do. */
export type XargsWork = {
  readonly call: XargsCall;
  /** The command's words, into which the items go. */
  readonly command: Stage;
  readonly runItem: RunItem;
  /** Lets as many run at once as the whole run may. */
  readonly turns: LimitFunction;
  /** Hears after each run how many have ended, and of how many. */
  readonly progress: (done: number, all: number) => void;
};

/** Where its streams lead. */
export type XargsStreams = {
  /** Read end of the pipe from the stage before it, which belongs to the stage; undefined where it reads nothing. */
  readonly stdin: number | undefined;
  readonly stdout: number;
  readonly stderr: number;
  /** Those of the two that the stage closes at its end, after its last run: until then its consumer waits. */
  readonly own: readonly number[];
};

/** What an xargs stage has to tell besides its exit. */
export type XargsTold = {
  /** How many commands have run. */
  readonly runs: number;
  /** What kept it from running more: its input, or what a command met before it ran. */
  readonly stopped: Stopped | undefined;
  /** A command was ended because nobody reads its output any longer. */
  readonly isUnread?: true;
  /** What held every run in, by name; undefined where none has run. */
  readonly held: readonly string[] | undefined;
};

/** Why an xargs stage stopped; `item` is the beginning of the command line that it stopped at, if it was at one. */
export type Stopped = XargsProblem & {
  readonly item: string | undefined;
  /** Whether it may not run, or could not. */
  readonly kind: "refused" | "failure";
};
