import { randomBytes } from "node:crypto";
import { closeSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import { auditFile } from "./audit-file.js";
import { type Head, LONGEST_LINE, sealLine } from "./audit-line.js";
import type { AuditLog, AuditProblem, AuditRecord } from "./audit-log.js";
import { CLOSED } from "./audit-problem.js";
import type { AuditSink } from "./audit-sink.js";
import { auditStderr } from "./audit-stderr.js";
import { fitRecord } from "./fit-record.js";
import { heldBy } from "./held-by.js";
import { removeLeftReserves } from "./left-reserves.js";
import { openLogFile } from "./open-log-file.js";
import { type RecordLogger, recordLogger } from "./record-logger.js";
import { openReserve, type Reserve } from "./reserve.js";
import { writeStderr } from "./stderr.js";
import { trySystem } from "./system-error.js";

export type AuditOptions = {
  /** Absolute path of the file, or of a folder in which a new one is made; stderr where there is none. */
  readonly path: string | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls that may be under way at once. Room for their lines is kept from the start, and for more when there are more. */
  readonly underWay: number;
};

/**
 * Opens the audit log: one JSON line for each call, or a few for one of very many commands, chained by hashes, as
 * `audit-line.ts` has them.
 *
 * A file is made with mode 0600 and only ever appended to. A server that starts continues the file's chain; its lines name
 * it by a random id. Beside it lies FILE.reserve, room for the lines of calls under way when the disk gets full.
 * Each server needs a file of its own: where several are started with the same settings, as clients do with one each, the
 * path names a folder that exists, and each makes a file in it by the time and a random name. A start on the file of a
 * server that runs is refused where that one can be seen; where it cannot, as in another container, the newcomer takes the
 * file over, and the calls of the other are refused from then on.
 *
 * Rotating: stop the server, move the file, start the server. The new file begins a chain of its own. Nothing runs while
 * the path leads to another file than the one that was opened, so what moves or truncates logs of running programs does
 * not fit here.
 *
 * A line is in the file when its call is answered, whatever becomes of the process. It is not forced onto the disk: after
 * a power failure the last ones may be missing or torn, and where one is torn the next start says so and stops.
 *
 * On stderr a chain begins with each server, and nothing is known of a line that was written but not kept.
 *
 * Throws where the file or its reserve cannot be opened or made, or the file cannot be continued: the server must not start.
 */
export const openAuditLog = (options: AuditOptions): AuditLog => auditLog(sinkOf(options), options.now);

const sinkOf = ({ path, now, underWay }: AuditOptions): AuditSink => {
  if (path === undefined) return auditStderr(writeStderr);
  const file = isThere(path, "isDirectory") ? newFileIn(path, now()) : path;
  refuseHeld(file);
  const log = openLogFile(file);
  try {
    return auditFile(log, heldReserve(`${file}.reserve`, underWay), underWay);
  } catch (cause) {
    closeSync(log.descriptor);
    throw cause;
  }
};

const isThere = (path: string, as: "isDirectory" | "isFile"): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.[as]() === true;

// The reserve is what a server holds open as long as it runs, and nobody else reads.
const refuseHeld = (file: string): void => {
  const holder = isThere(`${file}.reserve`, "isFile") ? heldBy(`${file}.reserve`) : undefined;
  if (holder !== undefined)
    throw new Error(
      `the audit log \`${file}\` is that of a server that runs (process ${holder}): each server needs a file of its own; \`AWS_MCP_AUDIT_LOG\` may name a folder`,
    );
};

const newFileIn = (folder: string, time: number): string => {
  removeLeftReserves(folder, time);
  const begun = new Date(time).toISOString().replaceAll(/[:.]/g, "-");
  return join(folder, `awspipe-${begun}-${randomBytes(6).toString("hex")}.jsonl`);
};

const heldReserve = (path: string, lines: number): Reserve => {
  const opened = trySystem(() => openReserve(path));
  if (!opened.ok) throw noReserve(path, lines, opened.error);
  const held = opened.value.hold(lines * LONGEST_LINE);
  if (held.ok) return opened.value;
  opened.value.close();
  throw noReserve(path, lines, held.error);
};

/** Why there is no reserve of so many lines; the code is the system's. */
export const noReserve = (path: string, lines: number, code: string): Error =>
  new Error(
    `the audit log's reserve \`${path}\` can not be made (${code}): make room for ${lines * LONGEST_LINE} bytes under that name`,
  );

/** Bytes of a line around its record, or a few more. */
const FRAME = 512;

/** A log of lines that a sink takes. */
export const auditLog = (sink: AuditSink, now: () => number): AuditLog => {
  const server = randomBytes(16).toString("hex");
  let head: Head = sink.head;
  let underWay = 0;
  let lost = 0;
  let isClosed = false;
  let outcome: Result<undefined, AuditProblem> = err(CLOSED);
  const append = (text: string): void => {
    const { bytes, hash } = sealLine(text);
    outcome = sink.append(bytes);
    if (outcome.ok) head = { seq: head.seq + 1, hash };
  };
  let made: RecordLogger | undefined;
  const logger = (): RecordLogger => {
    made ??= recordLogger(now, append);
    return made;
  };
  const write = (record: AuditRecord): Result<undefined, AuditProblem> => {
    const lines = fitRecord(record, sink.longest - FRAME);
    for (const [at, line] of lines.entries()) {
      outcome = err(CLOSED);
      const start = { seq: head.seq + 1, server, prev: head.hash, ...(lost === 0 ? {} : { lost }) };
      logger()(start, line);
      if (outcome.ok) continue;
      lost += lines.length - at;
      break;
    }
    return outcome;
  };
  return {
    ready: () => {
      if (isClosed) return err(CLOSED);
      const ready = sink.ready(underWay + 1);
      if (!ready.ok) return ready;
      logger();
      underWay += 1;
      return ok(undefined);
    },
    write: (record) => {
      underWay = Math.max(0, underWay - 1);
      return isClosed ? err(CLOSED) : write(record);
    },
    close: () => {
      if (!isClosed) sink.close();
      isClosed = true;
    },
  };
};
