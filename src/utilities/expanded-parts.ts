import type { Span } from "../language/span.js";
import { isUnknown } from "../plan/unknown.js";
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
  const argument = argv.findIndex((word, index) => isUnknown(literalText(word, expanded(index))));
  if (argument === -1) return undefined;
  return {
    code: "lone-surrogate",
    message: "an argument holds half of a surrogate pair",
    hint: "send the whole character, or remove it: one half has no UTF-8 form",
    argument,
  };
};

/** A word without its expanded parts. */
const literalText = (word: string, parts: readonly Span[]): string =>
  parts.toReversed().reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), word);
