import { randomUUID } from "node:crypto";
import type { AuditLog, AuditProblem } from "../../audit/audit-log.js";
import type { Result } from "../../language/result.js";
import { type LogEntry, log } from "../../log.js";
import type { Principal } from "../principal-of.js";
import { type CallRecord, toRecord } from "./call-record.js";
import type { AskedBook } from "./mask/mask-asked.js";
import { type CommandWords, maskCommand } from "./mask/mask-command.js";
import { shownNames } from "./shown-names.js";

/** Where one principal's calls are written down, and with what. */
export type AuditParts = {
  readonly audit: Pick<AuditLog, "ready" | "write">;
  readonly principal: Principal;
  readonly book: AskedBook;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Hears when records are lost; the operator's log where it is left out. */
  readonly tell?: (entry: LogEntry) => void;
};

/** What is written down, its words not masked yet. */
export type Entry = Omit<CallRecord, "event" | "id" | "principal" | "access" | keyof CommandWords> & {
  /** One text, or all of a call. */
  readonly asked: readonly [string, ...string[]];
  readonly canonical: readonly (readonly string[])[];
  readonly completed: readonly (readonly string[])[];
};

export type RecordWriter = {
  /** Whether a record can be written; where it can, one has to follow. */
  readonly ready: () => Result<undefined, AuditProblem>;
  /** Writes the one record that follows. A problem says that it is not there. */
  readonly write: (entry: Entry) => Promise<Result<undefined, AuditProblem>>;
};

/** Masks what is to be written and writes it. The operator's log hears when records begin to be lost. */
export const recordWriter = ({ audit, principal: { name, access }, book, tell = log }: AuditParts): RecordWriter => {
  let isLost = false;
  const heard = (done: Result<undefined, AuditProblem>, about: { readonly id?: string; readonly request?: string }) => {
    if (!done.ok && !(isLost && about.id === undefined))
      tell({ event: "audit-lost", principal: name, ...about, message: done.error.message });
    isLost = !done.ok;
    return done;
  };
  return {
    ready: () => heard(audit.ready(), {}),
    write: async ({ asked, canonical, completed, ...rest }) => {
      const id = randomUUID();
      const { bug, ...words } = await maskedWords({ asked, canonical, completed }, rest, book);
      const names = shownNames(rest, book);
      const record: CallRecord = { event: "call", id, principal: name, access, ...rest, ...names, ...words };
      const written = audit.write(toRecord(record));
      // Not before: nothing may come between the room for a record and the record.
      if (bug !== undefined) tell({ event: "bug", code: "internal-error", message: bug });
      return heard(written, { id, request: names.request });
    },
  };
};

type Words = Pick<Entry, "asked" | "canonical" | "completed">;

/** What is written of words, and why they could not be masked. */
type MaskedWords = Omit<CommandWords, "completed"> &
  Partial<Pick<CommandWords, "completed">> & { readonly bug?: string };

const maskedWords = async (
  words: Words,
  { profiles, regions }: Pick<Entry, "profiles" | "regions">,
  book: AskedBook,
): Promise<MaskedWords> => {
  const [profile] = profiles ?? [];
  const [region] = regions ?? [];
  const target = { ...(profile === undefined ? {} : { profile }), ...(region === undefined ? {} : { region }) };
  try {
    const masked = await maskCommand(words, book, target);
    const { completed, ...rest } = masked;
    return completed.length === 0 ? rest : masked;
  } catch (cause) {
    // A record without its words is better than none; what is not masked is not written.
    const bug = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return { asked: "***", canonical: [], bug };
  }
};
