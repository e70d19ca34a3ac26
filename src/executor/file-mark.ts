import type { BigIntStats } from "node:fs";

/** What tells a file from another one, and from itself before it was written to. Large numbers of inodes are real. */
export type FileMark = {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
};

export const markOf = ({ dev, ino, size, mtimeNs }: BigIntStats): FileMark => ({ dev, ino, size, mtimeNs });

/** Whether both are the same file, whatever is in it. */
export const sameFile = (one: Place, other: Place): boolean => one.dev === other.dev && one.ino === other.ino;

/** Whether both are the same file and nobody has written to it in between. */
export const untouched = (one: FileMark, other: FileMark): boolean =>
  sameFile(one, other) && one.size === other.size && one.mtimeNs === other.mtimeNs;

type Place = Pick<FileMark, "dev" | "ino">;
