import type { BigIntStats } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import { errorCode, isAFolder, notAFile, notAFolder, outsideFile, uncopiedFile } from "./file-problem.js";
import { namesBelow } from "./names-below.js";
import { inFolder, lookIn } from "./open-in.js";
import type { Reason } from "./prepare-stage.js";
import type { Snapshot } from "./snapshot.js";

/** A file that a stage writes, or a folder that it fills, by an absolute path in the workspace. */
export type OutputFile = { readonly path: string; readonly how: "write" | "folder" };

type Names = readonly string[];

/**
 * Makes the folders in the run directory that the outputs come into, unless what has their names in the workspace could
 * not take them afterwards. What changes there during the run is seen again when they are taken.
 */
export const prepareOutputs = async (
  snapshot: Pick<Snapshot, "workspace" | "directory" | "taken">,
  outputs: readonly OutputFile[],
): Promise<Result<undefined, Reason>> => {
  for (const { path, how } of outputs) {
    const names = namesBelow(snapshot.workspace, path);
    if (!names.ok) return names;
    const reason = await targetReason(snapshot.workspace, names.value, how);
    if (reason !== undefined) return err(reason);
    const made = await makePlace(snapshot, names.value, how);
    if (!made.ok) return made;
  }
  return ok(undefined);
};

// Each name on the way is a folder or is not there, and the last is what it is to become.
const targetReason = async (workspace: string, names: Names, how: OutputFile["how"]): Promise<Reason | undefined> => {
  if (names.length === 0) return how === "folder" ? undefined : notAFile("");
  for (const [index, name] of names.entries()) {
    const above = names.slice(0, index);
    const found = await inFolder(workspace, above, (folder) => lookIn(folder, name));
    if (!found.ok) return found.error.code === "file-missing" ? undefined : found.error;
    const last = index === names.length - 1;
    const reason = kindReason(found.value, [...above, name].join("/"), last ? how : "folder");
    if (reason !== undefined) return reason;
  }
  return undefined;
};

const kindReason = (stats: BigIntStats, name: string, how: OutputFile["how"]): Reason | undefined => {
  if (stats.isSymbolicLink()) return outsideFile(name);
  if (how === "folder") return stats.isDirectory() ? undefined : notAFolder(name);
  if (stats.isDirectory()) return isAFolder(name);
  return stats.isFile() ? undefined : notAFile(name);
};

const makePlace = async (
  { directory, taken }: Pick<Snapshot, "directory" | "taken">,
  names: Names,
  how: OutputFile["how"],
): Promise<Result<undefined, Reason>> => {
  const name = names.join("/");
  try {
    const place = join(directory(), ...names);
    await mkdir(how === "folder" ? place : join(place, ".."), { recursive: true, mode: 0o700 });
    // A file that is read and written under one name: its copy is of mode 0400.
    if (how === "write" && taken.has(name)) await chmod(place, 0o600);
    return ok(undefined);
  } catch (cause) {
    return err(errorCode(cause) === "EEXIST" ? notAFolder(name) : uncopiedFile(cause, name));
  }
};
