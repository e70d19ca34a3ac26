import { rename, unlink } from "node:fs/promises";
import { err, ok, type Result } from "../language/result.js";
import { copyInput } from "./copy-input.js";
import { errorCode, largeFile, notAFile, outsideFile, uncopiedFile } from "./file-problem.js";
import { lookIn, nameIn, type OpenDirectory, type OpenFile, openFileIn } from "./open-in.js";
import { partName } from "./part-name.js";
import type { Reason } from "./prepare-stage.js";

/** Where a file goes, and the memory through which it goes when that is on another file system. */
export type MoveTarget = { readonly folder: OpenDirectory; readonly buffer: Buffer };

/**
 * Moves a regular file into another folder under its name, with mode 0600. A file or a link of that name is replaced and
 * never written to; a folder stays.
 */
export const moveFile = async (
  source: OpenDirectory,
  name: string,
  target: MoveTarget,
): Promise<Result<undefined, Reason>> => {
  const shown = nameIn(target.folder, name);
  const found = await lookIn(target.folder, name);
  if (found.ok && found.value.isDirectory()) return err(notAFile(shown));
  const opened = await openFileIn(source, name);
  if (!opened.ok) return opened;
  try {
    await opened.value.handle.chmod(0o600);
    await rename(source.at(name), target.folder.at(name));
    return await inTarget(opened.value, name, target.folder);
  } catch (cause) {
    return errorCode(cause) === "EXDEV" ? moveByCopy(source, name, target) : err(uncopiedFile(cause, shown));
  } finally {
    await opened.value.handle.close();
  }
};

const inTarget = async (
  { stats }: OpenFile,
  name: string,
  folder: OpenDirectory,
): Promise<Result<undefined, Reason>> =>
  (await folder.holds(name, stats)) ? ok(undefined) : err(outsideFile(nameIn(folder, name)));

// Nobody sees half a file: it is complete before it gets its name.
const moveByCopy = async (
  source: OpenDirectory,
  name: string,
  { folder, buffer }: MoveTarget,
): Promise<Result<undefined, Reason>> => {
  const temporary = folder.at(partName());
  const most = Number.POSITIVE_INFINITY;
  const tooLarge = (shown: string, bytes: number) => largeFile(shown, bytes, most);
  const copied = await copyInput(source, name, temporary, { most, tooLarge, buffer, mode: 0o600 });
  if (!copied.ok) return copied;
  try {
    await rename(temporary, folder.at(name));
  } catch (cause) {
    await unlink(temporary).catch(() => undefined);
    return err(uncopiedFile(cause, nameIn(folder, name)));
  }
  // The run directory is removed in any case.
  await unlink(source.at(name)).catch(() => undefined);
  return ok(undefined);
};
