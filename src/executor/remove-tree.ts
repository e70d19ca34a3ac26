import { opendir, rmdir, unlink } from "node:fs/promises";
import { ok, type Result } from "../language/result.js";
import { inFolder, inInner, lookIn, type OpenDirectory } from "./open-in.js";
import type { Reason } from "./prepare-stage.js";

/**
 * Removes a directory with all that is in it, following no link, not even one that takes a folder's place meanwhile:
 * a process that was left over may still be at work there. Never throws; what stays goes with the server's directories.
 */
export const removeTree = async (directory: string): Promise<void> => {
  try {
    await inFolder(directory, [], removeAll);
    await rmdir(directory);
  } catch {
    // Nobody waits for it, and nobody could do more.
  }
};

const removeAll = async (folder: OpenDirectory): Promise<Result<undefined, Reason>> => {
  for await (const { name } of await opendir(folder.at("."), { bufferSize: 256 })) {
    const stats = await lookIn(folder, name);
    if (stats.ok && stats.value.isDirectory()) {
      await inInner(folder, name, removeAll);
      await rmdir(folder.at(name));
    } else {
      await unlink(folder.at(name));
    }
  }
  return ok(undefined);
};
