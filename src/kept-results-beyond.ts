import { statfs } from "node:fs/promises";
import { errorCode } from "./executor/file-problem.js";
import type { KeptResult } from "./kept-result.js";

/** What one principal's results may come to. */
export type ResultBounds = { readonly files: number; readonly bytes: number };

/** The bounds in a file system of a size in bytes: a quarter of it at most; 0 is a size that nobody knows. */
export const boundsIn = (size: number, { files, bytes }: ResultBounds): ResultBounds => ({
  files,
  bytes: size > 0 ? Math.min(bytes, Math.floor(size / 4)) : bytes,
});

/** Bytes of the file system where a path lies, free or not; 0 where it does not say (statfs(2)). */
export const fileSystemSize = async (path: string): Promise<number> => {
  try {
    const { blocks, bsize } = await statfs(path);
    return blocks * bsize;
  } catch (cause) {
    errorCode(cause);
    return 0;
  }
};

/**
 * Those of one principal that do not fit, the oldest first.
 *
 * @param all in the order of time
 * @param stays whether one stays, whatever the bounds are
 */
export const beyond = <Known extends { readonly result: Pick<KeptResult, "bytes"> }>(
  all: readonly Known[],
  stays: (one: Known) => boolean,
  bounds: ResultBounds,
): readonly Known[] => {
  const gone: Known[] = [];
  let files = all.length;
  let bytes = all.reduce((sum, { result }) => sum + result.bytes, 0);
  for (const each of all) {
    if (files <= bounds.files && bytes <= bounds.bytes) break;
    if (stays(each)) continue;
    gone.push(each);
    files -= 1;
    bytes -= each.result.bytes;
  }
  return gone;
};
