import type { BigIntStats } from "node:fs";
import { opendir } from "node:fs/promises";
import { err, ok, type Result } from "../language/result.js";
import { isResultFolder, RECORD_FOLDER } from "../plan/workspace-file.js";
import { cancelledCopy, dotName, fileSystemReason, largeFolder, notPlainTree } from "./file-problem.js";
import { inFolder, lookIn, nameIn, type OpenDirectory } from "./open-in.js";
import { isPartName } from "./part-name.js";
import type { Reason } from "./prepare-stage.js";

/** A folder of a tree, by the names that lead to it from the workspace, and the names of the plain files in it. */
export type ListedFolder = { readonly names: readonly string[]; readonly files: readonly string[] };

export type TreeLimits = {
  /** Files and folders. */
  readonly entries: number;
  /** Folders in folders. */
  readonly depth: number;
  /** Of all files together. */
  readonly bytes: number;
};

type Inner = { readonly name: string; readonly stats: BigIntStats };

/**
 * Lists a tree, from the outermost folder on, unless something in it is no plain file or it is too large. Kept results are
 * none of the workspace's own files: a tree has them only where it begins in their folder, and never what the server has
 * written down of them.
 */
export const listTree = async (
  workspace: string,
  names: readonly string[],
  limits: TreeLimits,
  signal?: AbortSignal,
): Promise<Result<readonly ListedFolder[], Reason>> => {
  const top = names.join("/");
  const waiting = [names];
  const listed: ListedFolder[] = [];
  let entries = 0;
  let bytes = 0;
  // What is found on the way is listed in its turn.
  for (const folder of waiting) {
    if (signal?.aborted === true) return err(cancelledCopy());
    if (folder.length - names.length > limits.depth) return err(largeFolder(top, `${limits.depth} folders in folders`));
    const inner = await inFolder(workspace, folder, (open) => listFolder(open, limits.entries - entries));
    if (!inner.ok) return inner;
    entries += inner.value.length;
    if (entries > limits.entries) return err(largeFolder(top, `${limits.entries} files and folders`));
    for (const { stats } of inner.value) bytes += stats.isFile() ? Number(stats.size) : 0;
    if (bytes > limits.bytes) return err(largeFolder(top, `${limits.bytes} bytes`));
    waiting.push(...namesOf(inner.value, true).map((name) => [...folder, name]));
    listed.push({ names: folder, files: namesOf(inner.value, false) });
  }
  return ok(listed);
};

// One more than may be is enough to know that there are too many.
const listFolder = async (folder: OpenDirectory, most: number): Promise<Result<readonly Inner[], Reason>> => {
  const found: Inner[] = [];
  try {
    for await (const { name } of await opendir(folder.at("."), { bufferSize: 256 })) {
      if (isServers(folder.name, name)) continue;
      if (name.startsWith(".")) return err(dotName(nameIn(folder, name)));
      const stats = await lookIn(folder, name);
      if (!stats.ok) return stats;
      if (!isPlain(stats.value)) return err(notPlainTree(nameIn(folder, name)));
      found.push({ name, stats: stats.value });
      if (found.length > most) break;
    }
    return ok(found);
  } catch (cause) {
    return err(fileSystemReason(cause, folder.name));
  }
};

// What the server itself keeps in the workspace, or is bringing into it at this moment.
const isServers = (above: string, name: string): boolean =>
  (above === "" && isResultFolder(name)) || (isResultFolder(above) && name === RECORD_FOLDER) || isPartName(name);

const isPlain = (stats: BigIntStats): boolean => stats.isDirectory() || (stats.isFile() && stats.nlink === 1n);

const namesOf = (inner: readonly Inner[], folders: boolean): readonly string[] =>
  inner.filter(({ stats }) => stats.isDirectory() === folders).map(({ name }) => name);
