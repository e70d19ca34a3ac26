import { lstat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import type { CopiedFile } from "./copy-input.js";
import { untouched } from "./file-mark.js";
import { changedFile, errorCode, fileSystemReason } from "./file-problem.js";
import { namesBelow } from "./names-below.js";
import { inFolder, lookIn, nameIn, type OpenDirectory } from "./open-in.js";
import type { Reason } from "./prepare-stage.js";
import type { Snapshot } from "./snapshot.js";

/** What was removed from the workspace and what was not, by names below it. */
export type RemovedInputs = {
  readonly removed: readonly string[];
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
};

/**
 * Removes the files of the workspace whose copies the stage has removed, as `s3 mv` does after it sent them. One that
 * somebody has replaced or written to since it was copied stays: what it holds now was never sent.
 *
 * @param paths absolute, of files and folders that were taken
 */
export const removeTaken = async (
  snapshot: Pick<Snapshot, "workspace" | "directory" | "taken">,
  paths: readonly string[],
): Promise<RemovedInputs> => {
  const { workspace, directory, taken } = snapshot;
  const removed: string[] = [];
  const leftOut: { readonly path: string; readonly reason: string }[] = [];
  for (const [path, file] of taken) {
    if (!isMeant(path, workspace, paths) || (await isThere(join(directory(), path)))) continue;
    const gone = await removeOriginal(workspace, path.split("/"), file);
    if (gone.ok) removed.push(path);
    else if (gone.error.code !== "file-missing") leftOut.push({ path, reason: gone.error.message });
  }
  return { removed, leftOut };
};

const isMeant = (path: string, workspace: string, paths: readonly string[]): boolean =>
  paths.some((each) => {
    const names = namesBelow(workspace, each);
    if (!names.ok) return false;
    const name = names.value.join("/");
    return name === "" || path === name || path.startsWith(`${name}/`);
  });

const isThere = async (path: string): Promise<boolean> => {
  try {
    await lstat(path);
    return true;
  } catch (cause) {
    const code = errorCode(cause);
    return code !== "ENOENT" && code !== "ENOTDIR";
  }
};

const removeOriginal = (
  workspace: string,
  names: readonly string[],
  file: CopiedFile,
): Promise<Result<undefined, Reason>> =>
  inFolder(workspace, names.slice(0, -1), (folder) => removeUntouched(folder, names.at(-1) ?? ".", file));

const removeUntouched = async (
  folder: OpenDirectory,
  name: string,
  { original }: CopiedFile,
): Promise<Result<undefined, Reason>> => {
  const found = await lookIn(folder, name);
  if (!found.ok) return found;
  if (!untouched(original, found.value)) return err(changedFile(nameIn(folder, name)));
  try {
    await unlink(folder.at(name));
    return ok(undefined);
  } catch (cause) {
    return err(fileSystemReason(cause, nameIn(folder, name)));
  }
};
