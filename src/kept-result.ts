import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import type { Output } from "./executor/run-result.js";

/** An output that was too long for an answer, as a file of the workspace. */
export type KeptResult = {
  /** 128 random bits in hexadecimal, which are the file's name. */
  readonly id: string;
  /** The principal whose command it was. */
  readonly owner: string;
  /** Absolute. */
  readonly path: string;
  /** Of the file. */
  readonly bytes: number;
  /** The file's number in its file system, by which another file at its path is known for one. */
  readonly inode: string;
  /** Whether that is all of the output, or what there was of it when the command was stopped. */
  readonly exact: boolean;
  /** Whether it begins as JSON does. */
  readonly json: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The byte from which to read on: the beginning of the line that the answer ended in, where that is near. */
  readonly from?: number;
  /** Characters of the answer that it was too long for. */
  readonly most?: number;
  /** As it ran. */
  readonly command: string;
};

/** The result that a run's output was kept as; nothing where it has no file. */
export const keptResult = (
  { spool, dropped, bytes }: Pick<Output, "spool" | "dropped" | "bytes">,
  about: Pick<KeptResult, "owner" | "at" | "command" | "most">,
): KeptResult | undefined => {
  const file = spool === undefined ? undefined : lookAt(spool, bytes - (dropped?.bytes ?? 0));
  if (spool === undefined || file === undefined) return undefined;
  return { ...about, ...file, id: basename(spool), path: spool, exact: dropped?.exact === true };
};

const FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

// Whoever has removed the file meanwhile has removed the result.
const lookAt = (path: string, shown: number): Pick<KeptResult, "bytes" | "inode" | "json" | "from"> | undefined => {
  const start = Buffer.alloc(256);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, FILE);
    const length = readSync(descriptor, start);
    const { size, ino } = fstatSync(descriptor, { bigint: true });
    return {
      bytes: Number(size),
      inode: String(ino),
      json: /^\s*[{[]/.test(start.toString("latin1", 0, length)),
      from: lineStart(descriptor, shown),
    };
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};

/** Bytes of a line that are read again. */
const LONGEST_LINE = 4096;

// A secret that the answer's end went through is whole in its line.
const lineStart = (descriptor: number, shown: number): number => {
  const from = Math.max(0, shown - LONGEST_LINE);
  const line = Buffer.alloc(Math.max(0, shown - from));
  const length = readSync(descriptor, line, 0, line.length, from);
  const newline = line.subarray(0, length).lastIndexOf(0x0a);
  return newline < 0 ? shown : from + newline + 1;
};
