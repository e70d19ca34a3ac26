import { constants, mkdirSync, openSync } from "node:fs";
import { basename, dirname } from "node:path";
import { errorCode } from "./file-problem.js";
import { inPrivateFolder } from "./private-folder.js";

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/**
 * Makes a file for writing, mode 0600, and its folder where that is missing, mode 0700; gives the descriptor. Throws what
 * the file system says, also where something has the file's name, and where the folder is a link or not the server's own.
 *
 * @param path absolute; the folder's own folder exists
 */
export const createPrivately = (path: string): number => {
  makeFolder(dirname(path));
  return inPrivateFolder(dirname(path), (at) => openSync(at(basename(path)), NEW, 0o600));
};

const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    if (errorCode(cause) !== "EEXIST") throw cause;
  }
};
