import type { Stage } from "../plan/plan.js";
import type { Exit } from "./spawn-stage.js";

/**
 * Runs one command of xargs, whose words are all known by now, when it has been judged once more with them.
 *
 * It writes to the two descriptors, which are the caller's, and reads nothing. When the signal fires it ends what it has
 * started and settles soon after: nobody else ends it. It settles only when nothing of it uses the descriptors any longer.
 */
export type RunItem = (command: Stage, to: ItemStreams) => Promise<ItemEnd>;

export type ItemStreams = { readonly stdout: number; readonly stderr: number; readonly signal: AbortSignal };

/** What became of one command. */
export type ItemEnd =
  /** it ran; `enforced` is what held it in, by name */
  | { readonly kind: "ended"; readonly exit: Exit; readonly enforced?: readonly string[] }
  /** policy said no, or it could not be run */
  | {
      readonly kind: "refused" | "failure";
      readonly code: string;
      readonly message: string;
      readonly hint: string;
    };
