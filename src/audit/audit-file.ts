import { closeSync, fstatSync, ftruncateSync, lstatSync, readSync } from "node:fs";
import { err, ok, type Result } from "../language/result.js";
import { LONGEST_LINE } from "./audit-line.js";
import type { AuditProblem } from "./audit-log.js";
import { CHANGED, MOVED, NO_ROOM, unwritable } from "./audit-problem.js";
import type { AuditSink } from "./audit-sink.js";
import { fileSizeLimit } from "./file-size-limit.js";
import type { OpenedLog } from "./open-log-file.js";
import type { Reserve } from "./reserve.js";
import { trySystem } from "./system-error.js";
import { writeWhole } from "./write-whole.js";

/**
 * Audit lines in a file that only this server writes to.
 *
 * A call is taken while the path leads to this file, the file is as long as it was left, and there is room for the lines of
 * all calls: the reserve is held, and the process may let the file grow that far. The line of a call that was taken is
 * written even where the file was moved or changed meanwhile; the chain shows the change. When the disk is full the reserve
 * is given up for such lines, one by one.
 */
export const auditFile = ({ path, descriptor, head }: OpenedLog, reserve: Reserve, underWay: number): AuditSink => {
  const { dev, ino, size } = fstatSync(descriptor, { bigint: true });
  const limit = fileSizeLimit();
  let expected = Number(size);
  // What no later call finds mended.
  let broken: AuditProblem | undefined;
  const place = (): Result<undefined, AuditProblem> => {
    const found = trySystem(() => lstatSync(path, { bigint: true }));
    if (!found.ok || found.value.ino !== ino || found.value.dev !== dev) return err(MOVED);
    if (Number(found.value.size) !== expected) broken ??= CHANGED;
    return broken === undefined ? ok(undefined) : err(broken);
  };
  const append = (line: Buffer): Result<undefined, AuditProblem> => {
    const before = fstatSync(descriptor);
    if (before.nlink === 0) return err(MOVED);
    if (before.size !== expected) broken ??= CHANGED;
    const bytes = before.size === expected ? line : afterNewline(descriptor, before.size, line);
    const done = appendWhole(descriptor, before.size, bytes, reserve);
    expected = before.size + (done.ok ? bytes.length : 0);
    if (done.ok) return done;
    const isTorn = fstatSync(descriptor).size !== before.size;
    if (isFull(done.error) && !isTorn) return err(NO_ROOM);
    broken ??= unwritable(done.error);
    return err(broken);
  };
  return {
    head,
    longest: LONGEST_LINE,
    ready: (lines) => {
      const placed = place();
      if (!placed.ok) return placed;
      const held = reserve.hold(Math.max(underWay, lines) * LONGEST_LINE);
      if (!held.ok) return err(isFull(held.error) ? NO_ROOM : unwritable(held.error));
      return expected + lines * LONGEST_LINE > limit ? err(NO_ROOM) : ok(undefined);
    },
    append: (line) => {
      const tried = trySystem(() => append(line));
      return tried.ok ? tried.value : err(unwritable(tried.error));
    },
    close: () => {
      closeSync(descriptor);
      reserve.close();
    },
  };
};

const isFull = (code: string): boolean => code === "ENOSPC" || code === "EDQUOT";

/** Writes a line at the file's end, or takes back what was written of it and says what hindered it. */
const appendWhole = (descriptor: number, size: number, line: Buffer, reserve: Reserve): Result<undefined, string> => {
  for (;;) {
    const done = writeWhole(descriptor, line, 0);
    if (done.ok) return done;
    const { code, written } = done.error;
    if (!takenBack(descriptor, size, written) || !isFull(code) || !reserve.release()) return err(code);
  }
};

// What somebody else has written meanwhile is not ours to take.
const takenBack = (descriptor: number, size: number, written: number): boolean => {
  if (written === 0) return true;
  return fstatSync(descriptor).size === size + written && trySystem(() => ftruncateSync(descriptor, size)).ok;
};

/** The line, apart from a torn one that the file may end in. */
const afterNewline = (descriptor: number, size: number, line: Buffer): Buffer => {
  const last = Buffer.from("\n");
  if (size > 0) readSync(descriptor, last, 0, 1, size - 1);
  return last.equals(Buffer.from("\n")) ? line : Buffer.concat([Buffer.from("\n"), line]);
};
