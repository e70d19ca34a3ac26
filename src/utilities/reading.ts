import type { UtilityOption } from "./utility-grammar.js";

/** A word, or the rest of one, and the place of that word in the user's argv. */
export type Slice = { readonly text: string; readonly argument: number };

export type ReadOption = {
  readonly option: UtilityOption;
  /** As the user spelled it: `-n`, `--li`. */
  readonly spelled: string;
  readonly values: readonly Slice[];
  readonly argument: number;
};

export type ReadOperand = Slice & {
  /** The option that turned this operand into plain text, as `--args` does. */
  readonly turnedBy?: UtilityOption;
};

/** What the words of a command are, before any value is judged. */
export type Reading = { readonly options: readonly ReadOption[]; readonly operands: readonly ReadOperand[] };
