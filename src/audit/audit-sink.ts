import type { Result } from "../language/result.js";
import type { Head } from "./audit-line.js";
import type { AuditProblem } from "./audit-log.js";

/** What audit lines are written to. */
export type AuditSink = {
  /** The line that the first one here follows. */
  readonly head: Head;
  /** Bytes that a line may have. */
  readonly longest: number;
  /** @param lines how many may have to be written, all calls that are under way counted */
  readonly ready: (lines: number) => Result<undefined, AuditProblem>;
  /** Writes a line whole, or nothing that could be taken for one. */
  readonly append: (line: Buffer) => Result<undefined, AuditProblem>;
  readonly close: () => void;
};
