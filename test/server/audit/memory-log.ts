import type { AuditLog, AuditRecord } from "../../../src/audit/audit-log.js";
import { ok } from "../../../src/language/result.js";

/** A log that keeps what was written, and tells whether each yes had its record. */
export const memoryLog = (): Pick<AuditLog, "ready" | "write"> & {
  readonly records: readonly AuditRecord[];
  /** How many records are still to come. */
  readonly open: () => number;
} => {
  const records: AuditRecord[] = [];
  let asked = 0;
  return {
    records,
    open: () => asked - records.length,
    ready: () => {
      asked++;
      return ok(undefined);
    },
    write: (record) => {
      // As a file would: what is changed afterwards is not.
      records.push(JSON.parse(JSON.stringify(record)));
      return ok(undefined);
    },
  };
};
