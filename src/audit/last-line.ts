import { readSync } from "node:fs";
import { err, ok, type Result } from "../language/result.js";
import { type AuditLine, type Head, LONGEST_LINE, NO_HASH, NO_LINE, readLine } from "./audit-line.js";

/**
 * The last line of a log, which the next one follows; that of no lines in an empty file. Otherwise what is wrong with it by
 * itself, or with how it follows the line before. Lines before those two are not read.
 *
 * @param size of the file, in bytes
 */
export const lastLine = (descriptor: number, size: number): Result<Head, string> => {
  if (size === 0) return ok(NO_LINE);
  const start = Math.max(0, size - 2 * LONGEST_LINE - 1);
  const bytes = readFrom(descriptor, start, size);
  if (bytes.at(-1) !== NEWLINE) return err("its last line is torn");
  const last = lineBefore(bytes, bytes.length - 1);
  const read = readLine(last.bytes);
  if (read === undefined) return err("its last line is no audit line");
  if (!read.ok) return err(`its last line is ${read.error}`);
  if (start === 0 && last.start === 0) return beginning(read.value);
  return following(read.value, readLine(lineBefore(bytes, last.start - 1).bytes));
};

const NEWLINE = 0x0a;

const beginning = (line: AuditLine): Result<Head, string> =>
  line.seq === 1 && line.prev === NO_HASH ? ok(line) : err("the lines before its first one are missing");

const following = (line: AuditLine, before: ReturnType<typeof readLine>): Result<Head, string> =>
  before?.ok === true && before.value.hash === line.prev && before.value.seq + 1 === line.seq
    ? ok(line)
    : err("its last line does not follow the one before");

const readFrom = (descriptor: number, start: number, size: number): Buffer => {
  const bytes = Buffer.alloc(size - start);
  let length = 0;
  for (let more = -1; more !== 0 && length < bytes.length; length += more)
    more = readSync(descriptor, bytes, length, bytes.length - length, start + length);
  return bytes.subarray(0, length);
};

/** The line whose newline stands there. */
const lineBefore = (bytes: Buffer, newline: number): { readonly bytes: Buffer; readonly start: number } => {
  const start = newline <= 0 ? 0 : bytes.lastIndexOf(NEWLINE, newline - 1) + 1;
  return { bytes: bytes.subarray(start, Math.max(start, newline)), start };
};
