import type { Span } from "../language/span.js";
import { strayUnknown } from "../plan/stray-unknown.js";
import type { UtilityRefusal } from "./refusal.js";

/** The parts of the words of a call that come from the output of other commands, by the word's place in argv. */
export type ExpandedParts = (argument: number) => readonly Span[];

/** Every word is written out. */
export const NOTHING_EXPANDED: ExpandedParts = () => [];

/**
 * The first word with the character of an unknown value outside of its expanded parts: nobody will ever know that value.
 *
 * Problems: `lone-surrogate`.
 */
export const strayRefusal = (argv: readonly string[], expanded: ExpandedParts): UtilityRefusal | undefined => {
  for (const [argument, text] of argv.entries()) {
    const stray = strayUnknown({ text, expanded: expanded(argument) });
    if (stray !== undefined) return { ...stray, argument };
  }
  return undefined;
};
