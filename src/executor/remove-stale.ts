import { opendir, unlink } from "node:fs/promises";
import { ok, type Result } from "../language/result.js";
import { errorCode } from "./file-problem.js";
import { isOwnFolder } from "./is-own-folder.js";
import { inFolder, lookIn, type OpenDirectory } from "./open-in.js";
import type { Reason } from "./prepare-stage.js";

/**
 * Removes the files directly in a folder that were last written to before a moment, and nothing else. Never throws what the
 * file system says: where there is no such folder, or others may write to it, nothing is removed, and what another server
 * is removing at the same time is gone as well.
 *
 * @param folder absolute path; a link is not followed
 * @param before epoch milliseconds
 * @param isMeant whether a file of this name may go
 */
export const removeStale = async (
  folder: string,
  before: number,
  isMeant: (name: string) => boolean,
): Promise<void> => {
  await attempt(() => inFolder(folder, [], (open) => removeFrom(open, before, isMeant)));
};

const removeFrom = async (
  folder: OpenDirectory,
  before: number,
  isMeant: (name: string) => boolean,
): Promise<Result<undefined, Reason>> => {
  const own = await lookIn(folder, ".");
  if (!own.ok || !isOwnFolder(own.value)) return ok(undefined);
  for await (const { name } of await opendir(folder.at("."), { bufferSize: 256 })) {
    if (!isMeant(name)) continue;
    const found = await lookIn(folder, name);
    if (found.ok && found.value.isFile() && found.value.mtimeMs < BigInt(Math.trunc(before)))
      await attempt(() => unlink(folder.at(name)));
  }
  return ok(undefined);
};

const attempt = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (cause) {
    // A file that stays costs its room; the next server tries again.
    errorCode(cause);
  }
};
