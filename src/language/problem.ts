import type { Span } from "./span.js";

/** The text is wrong: what, where, and what to write instead. */
export type Problem = {
  /** Stable, kebab-case, pinned in `test/pins.test.ts`. */
  readonly code: string;
  /** Lower case, one line, no full stop; quotes the user in backticks. */
  readonly message: string;
  /** What would be accepted instead, with a command where one fits. */
  readonly hint: string;
  readonly span: Span;
};
