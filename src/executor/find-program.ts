import { realpathSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { isExecutable } from "./launcher.js";

/**
 * The absolute path of a program on a PATH, as execvp(3) would find it; relative entries are passed over.
 */
export const findProgram = (name: string, path: string | undefined): string | undefined =>
  (path ?? "/usr/local/bin:/usr/bin:/bin")
    .split(delimiter)
    .filter(isAbsolute)
    .map((directory) => join(directory, name))
    .find(isExecutable);

/** The path with every symlink resolved, or undefined where nothing is. */
export const realPath = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
};
