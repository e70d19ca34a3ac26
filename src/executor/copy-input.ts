import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { err, ok, type Result } from "../language/result.js";
import { type FileMark, markOf } from "./file-mark.js";
import { cancelledCopy, uncopiedFile } from "./file-problem.js";
import { nameIn, type OpenDirectory, type OpenFile, openFileIn } from "./open-in.js";
import type { Reason } from "./prepare-stage.js";

/** What a file was when it was opened, and its copy after it was made. */
export type CopiedFile = {
  readonly sha256: string;
  readonly bytes: number;
  readonly original: FileMark;
  readonly copy: FileMark;
};

export type CopyOptions = {
  /** More bytes are not copied. */
  readonly most: number;
  /** Why not, for a file of this size; as far as is known. */
  readonly tooLarge: (name: string, bytes: number) => Reason;
  /** Where the bytes pass through; one for many files, one after the other. */
  readonly buffer: Buffer;
  readonly signal?: AbortSignal | undefined;
  /** Of the copy; 0400 unless said. */
  readonly mode?: number;
};

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Opens a file of the folder once and copies what is read from it to a new file with the times of the original. A file that changes meanwhile is no problem: what counts is what was read, and that is what was hashed.
 * Of a copy that failed nothing is left.
 *
 * @param target absolute path in a directory of ours, where nothing is yet
 */
export const copyInput = async (
  folder: OpenDirectory,
  name: string,
  target: string,
  options: CopyOptions,
): Promise<Result<CopiedFile, Reason>> => {
  const opened = await openFileIn(folder, name);
  if (!opened.ok) return opened;
  const size = Number(opened.value.stats.size);
  try {
    if (size > options.most) return err(options.tooLarge(nameIn(folder, name), size));
    return await copyToNew(opened.value, nameIn(folder, name), target, options);
  } finally {
    await opened.value.handle.close();
  }
};

const copyToNew = async (
  source: OpenFile,
  name: string,
  target: string,
  options: CopyOptions,
): Promise<Result<CopiedFile, Reason>> => {
  let made: FileHandle | undefined;
  try {
    made = await open(target, NEW, options.mode ?? 0o400);
    const copied = await copyBytes(source, made, name, options);
    if (!copied.ok) await removePart(target);
    // Some file systems tell only now that there was no space.
    await made.close();
    return copied;
  } catch (cause) {
    // What was there before is not ours to remove.
    if (made !== undefined) await removePart(target);
    return err(uncopiedFile(cause, name));
  } finally {
    await made?.close();
  }
};

// What cannot be removed goes with its directory.
const removePart = (target: string): Promise<void> => unlink(target).catch(() => undefined);

const copyBytes = async (
  { handle, stats }: OpenFile,
  target: FileHandle,
  name: string,
  { most, tooLarge, buffer, signal }: CopyOptions,
): Promise<Result<CopiedFile, Reason>> => {
  const hash = createHash("sha256");
  let bytes = 0;
  for (;;) {
    if (signal?.aborted === true) return err(cancelledCopy());
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) break;
    bytes += bytesRead;
    if (bytes > most) return err(tooLarge(name, bytes));
    const part = buffer.subarray(0, bytesRead);
    hash.update(part);
    await writeAll(target, part);
  }
  // `s3 sync` compares times.
  await target.utimes(Number(stats.atimeNs) / 1e9, Number(stats.mtimeNs) / 1e9);
  const copy = markOf(await target.stat({ bigint: true }));
  return ok({ sha256: hash.digest("hex"), bytes, original: markOf(stats), copy });
};

const writeAll = async (target: FileHandle, part: Buffer): Promise<void> => {
  for (let at = 0; at < part.length; ) at += (await target.write(part, at)).bytesWritten;
};
