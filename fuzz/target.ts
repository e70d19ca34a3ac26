import type fc from "fast-check";

/** One reader of texts, and what must hold for every text. An argv is one text too, its words joined by NUL. */
export type Target = {
  readonly name: string;
  /** Where mutation starts. */
  readonly seeds: readonly string[];
  /** What mutation puts in. */
  readonly tokens: readonly string[];
  /** Texts that are made from the grammar instead. */
  readonly grown?: fc.Arbitrary<string>;
  /** Reads the text; two calls must give the same. Throws where it should not. */
  readonly judge: (text: string) => Judgement;
  readonly oracle: Oracle;
  /** The command that brings the text back, for a corpus. */
  readonly command: (text: string) => string;
};

export type Judgement = {
  readonly accepted: boolean;
  /** The whole answer, comparable as JSON. */
  readonly answer: unknown;
  /** Which law the answer breaks. */
  readonly broken?: string;
};

/** The real program. */
export type Oracle = {
  /** Which part of the target's time is for it. */
  readonly share: number;
  readonly batch: number;
  /** Every second text is one of these, while there are any: they name what must not be reached. */
  readonly suspicious: RegExp;
  /** Texts that must be seen as bad, or the oracle is blind. */
  readonly known: readonly string[];
  /** Why the accepted texts are bad together; a single text is blamed by asking again. */
  readonly ask: (texts: readonly string[]) => string | undefined;
};

export type Finding = { readonly text: string; readonly because: string };
