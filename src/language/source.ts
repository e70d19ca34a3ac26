import type { Problem } from "./problem.js";
import type { Result } from "./result.js";
import type { Expansion } from "./syntax.js";

/** A text that is being read, and how far inside it the reader is. */
export type Source = {
  readonly text: string;
  /** How many substitutions stand around. */
  readonly depth: number;
  /** What has been read of the whole text so far; the only thing here that changes. */
  readonly counts: { pipelines: number };
  /** Reads the `$(…)` that begins at a place. It is handed in, since a word may hold commands and a command has words. */
  readonly substitution: (source: Source, at: number) => Result<Expansion, Problem>;
};

/** Where a word stands: only arguments may hold expansions. */
export type Place = "program" | "argument" | "target";
