import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect } from "vitest";
import { NO_LINE } from "../../src/audit/audit-line.js";
import type { AuditLog, AuditRecord } from "../../src/audit/audit-log.js";
import { type FileLine, fileLines } from "../../src/audit/file-lines.js";
import { auditLog, openAuditLog } from "../../src/audit/open-audit-log.js";
import { verifyAudit } from "../../src/audit/verify-audit.js";

/** The first instant of the tests' clocks. */
export const START = Date.UTC(2026, 6, 28, 12);

/** A clock that is a second later each time. */
export const seconds = (): (() => number) => {
  let passed = 0;
  return () => START + passed++ * 1000;
};

const folders: string[] = [];
const opened: AuditLog[] = [];
afterEach(() => {
  for (const log of opened.splice(0)) log.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder that is gone after the test. */
export const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "awspipe-audit-"));
  folders.push(made);
  return made;
};

/** Opens a log as a server does; it is closed after the test. */
export const openLog = (path: string, underWay = 2): AuditLog => {
  const log = openAuditLog({ path, now: seconds(), underWay });
  opened.push(log);
  return log;
};

/** One call, from its beginning to its line. */
export const call = (log: AuditLog, record: AuditRecord): void => {
  expect(log.ready()).toEqual({ ok: true, value: undefined });
  expect(log.write(record)).toEqual({ ok: true, value: undefined });
};

/** The lines of a file, parsed. */
export const linesOf = (path: string): readonly Record<string, unknown>[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line): Record<string, unknown> => JSON.parse(line));

/** What servers write of these records, each server beginning a chain, as the lines of a file with their newlines. */
export const writtenBy = (servers: readonly (readonly AuditRecord[])[]): readonly Buffer[] =>
  servers.flatMap((records) => {
    const lines: Buffer[] = [];
    const log = auditLog(memory(lines), seconds());
    for (const record of records) call(log, record);
    return lines;
  });

const memory = (lines: Buffer[]) => ({
  head: NO_LINE,
  longest: 65_536,
  ready: () => ({ ok: true, value: undefined }) as const,
  append: (line: Buffer) => {
    lines.push(line);
    return { ok: true, value: undefined } as const;
  },
  close: () => undefined,
});

/** Verifies a file of these bytes, read in chunks of some size. */
export const verify = (bytes: Uint8Array, { last, size = 1000 }: { last?: string; size?: number } = {}) =>
  verifyAudit(fileLines(chunks(bytes, size)), last);

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All lines of a file of these bytes. */
export const splitLines = async (bytes: Uint8Array, size: number): Promise<readonly FileLine[]> => {
  const lines: FileLine[] = [];
  for await (const line of fileLines(chunks(bytes, size))) lines.push(line);
  return lines;
};
