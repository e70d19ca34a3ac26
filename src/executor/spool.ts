import { closeSync, rmSync, writeSync } from "node:fs";
import { createPrivately } from "./create-privately.js";

/** A file that takes what does not fit into an answer. */
export type Spool = {
  /** Takes the next bytes; false when there are more than the file may hold. */
  readonly write: (chunk: Buffer) => boolean;
  /** The file's path; undefined where there is none. */
  readonly close: () => string | undefined;
};

/**
 * Makes a spool. A workspace that cannot be written, a folder that somebody else has put in its place, or a full disk costs
 * the file and not the run: what was written is removed, the bytes are counted as before, and there is no path at the end.
 *
 * @param path absolute path of a file that does not exist; its folder is made with the first byte
 * @param most bytes that it may hold
 */
export const spool = (path: string, most: number): Spool => {
  let descriptor: number | undefined;
  let failed = false;
  let taken = 0;
  const give = () => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  const attempt = (part: Buffer): void => {
    try {
      descriptor ??= createPrivately(path);
      for (let at = 0; at < part.length; ) at += writeSync(descriptor, part, at);
    } catch {
      failed = true;
      // A file of that name that was not made here stays: it has never been opened.
      if (descriptor !== undefined) rmSync(path, { force: true });
      give();
    }
  };
  return {
    write: (chunk) => {
      const part = chunk.subarray(0, most - taken);
      if (!failed && part.length > 0) attempt(part);
      taken += part.length;
      return part.length === chunk.length;
    },
    close: () => {
      const made = descriptor !== undefined;
      give();
      return made ? path : undefined;
    },
  };
};
