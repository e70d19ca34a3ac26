import type { Result } from "../language/result.js";

/** What JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What is written down of one call. Its names are its author's, but for `OURS` in `record-logger.ts`. */
export type AuditRecord = Readonly<Record<string, JsonValue>>;

/** Nothing may run, since nothing could be written down, or what ran could not be. For the model, so it names no path. */
export type AuditProblem = { readonly code: "audit-lost"; readonly message: string; readonly hint: string };

/** Where calls are written down. Neither function waits for anything but the disk, or throws but for a mistake of ours. */
export type AuditLog = {
  /**
   * Whether the line of one more call can be written. Every time it says yes one `write` has to follow, whatever becomes of
   * the call: until then room is kept for that line.
   */
  readonly ready: () => Result<undefined, AuditProblem>;
  /** Writes the line of a call that has ended. A problem says that this line is not in the log. */
  readonly write: (record: AuditRecord) => Result<undefined, AuditProblem>;
  /** Nothing can be written afterwards. */
  readonly close: () => void;
};
