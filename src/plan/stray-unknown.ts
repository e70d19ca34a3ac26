import type { Argument } from "./plan.js";
import { isUnknown } from "./unknown.js";

/** Why an argument is refused that holds the character of an open place outside of its expanded parts. */
export type StrayUnknown = { readonly code: "lone-surrogate"; readonly message: string; readonly hint: string };

/**
 * What is wrong with an argument that holds the character of an open place where none is: nobody will ever know that value.
 *
 * Problems: `lone-surrogate`.
 */
export const strayUnknown = ({
  text,
  expanded = [],
}: Pick<Argument, "text" | "expanded">): StrayUnknown | undefined => {
  const literal = expanded.toReversed().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
  return isUnknown(literal) ? stray : undefined;
};

const stray: StrayUnknown = {
  code: "lone-surrogate",
  message: "an argument holds half of a surrogate pair",
  hint: "send the whole character, or remove it: one half has no UTF-8 form",
};
