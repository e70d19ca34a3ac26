import type { Argument } from "../../plan/plan.js";
import { MAX_ARGUMENT_BYTES, MAX_ARGUMENTS, MAX_ARGV_BYTES } from "../../plan/sizes.js";

/** The most bytes that xargs reads. */
export const MAX_XARGS_INPUT = 1024 * 1024;

/** The most runs that one call of xargs makes. */
export const MAX_XARGS_RUNS = 1000;

/** How much the items of one run may be together. */
export type RunLimits = {
  readonly words: number;
  /** Of UTF-8, and one more for the end of each item, as GNU counts (buildcmd.c, `bc_push_arg`). */
  readonly bytes: number;
  /** Of one item, counted likewise. */
  readonly itemBytes: number;
};

/**
 * What a command leaves to the items of a run, so that no run is longer than a command may be.
 *
 * @param command the command's words as written
 */
export const limitsBeside = (command: readonly Argument[]): RunLimits => ({
  words: MAX_ARGUMENTS - command.length,
  bytes: command.reduce((left, { text }) => left - Buffer.byteLength(text) - 1, MAX_ARGV_BYTES - POINTERS),
  itemBytes: MAX_ARGUMENT_BYTES,
});

// execve(2) counts a pointer of 8 bytes for each argument as well.
const POINTERS = 8 * MAX_ARGUMENTS;
