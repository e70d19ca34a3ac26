import { createRequire } from "node:module";
import type * as Pino from "pino";
import type { AuditRecord } from "./audit-log.js";

/** The members around a record, in the order in which a line has them, with the hash behind it. */
export const OURS = ["audit", "time", "seq", "server", "prev", "lost", "hash"] as const;

/** What a line says besides the record and the time. */
export type LineStart = {
  readonly seq: number;
  readonly server: string;
  readonly prev: string;
  /** Lines of this server that could not be written; nothing where there are none. */
  readonly lost?: number;
};

/** Logs a record; its line is handed on before this returns. */
export type RecordLogger = (start: LineStart, record: AuditRecord) => void;

/**
 * Makes lines of records with pino. `audit` is the version of their form.
 *
 * Reading pino takes some 20 ms, a twentieth of a server's start, so it is read here and not where this file is imported.
 *
 * @param now epoch milliseconds
 * @param write is given each line, with its newline
 */
export const recordLogger = (now: () => number, write: (line: string) => void): RecordLogger => {
  // The type is that of the module which is named; `createRequire` can't know.
  const { pino } = createRequire(import.meta.url)("pino") as typeof Pino;
  const options = {
    base: null,
    timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
    formatters: {
      level: () => ({ audit: 1 }),
      // pino takes what is logged for an error or a request where it has members such as theirs; so a record is wrapped.
      log: ({ record }: Record<string, unknown>) => ({ ...Object(record) }),
    },
    serializers: { err: (value: unknown) => value },
  };
  const logger = pino(options, { write });
  return (start, record) => {
    const taken = OURS.find((name) => Object.hasOwn(record, name));
    if (taken !== undefined) throw new Error(`a record can not have a member \`${taken}\``);
    // Bindings stand before the record, whatever order an object would give the members of both.
    logger.child(start).info({ record });
  };
};
