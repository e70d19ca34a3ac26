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
  /** Whether that is all of the output, or what there was of it when the command was stopped. */
  readonly exact: boolean;
  /** Whether it begins as JSON does. */
  readonly json: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
  /** As it ran. */
  readonly command: string;
};

/** The result that a run's output was kept as; nothing where it has no file. */
export const keptResult = (
  { spool, dropped }: Pick<Output, "spool" | "dropped">,
  about: Pick<KeptResult, "owner" | "at" | "command">,
): KeptResult | undefined => {
  const file = spool === undefined ? undefined : lookAt(spool);
  if (spool === undefined || file === undefined) return undefined;
  return { ...about, ...file, id: basename(spool), path: spool, exact: dropped?.exact === true };
};

const FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

// Whoever has removed the file meanwhile has removed the result.
const lookAt = (path: string): Pick<KeptResult, "bytes" | "json"> | undefined => {
  const start = Buffer.alloc(256);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, FILE);
    const length = readSync(descriptor, start);
    return { bytes: fstatSync(descriptor).size, json: /^\s*[{[]/.test(start.toString("latin1", 0, length)) };
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};
