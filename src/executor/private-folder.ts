import { closeSync, constants, existsSync, fstatSync, openSync } from "node:fs";
import { join } from "node:path";

const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const BY_DESCRIPTOR = existsSync("/proc/self/fd");

/**
 * Opens a folder that no other user writes to, following no link, and closes it after its use. What is looked up in it is
 * in it, whatever somebody puts at its path meanwhile; where there is no `/proc/self/fd`, by its path.
 *
 * Throws what the file system says, and where the folder belongs to somebody else or can be written to by others.
 *
 * @param use is given the paths of names in the folder, of itself for `.`, which are good as long as it is at work
 */
export const inPrivateFolder = <T>(path: string, use: (at: (name: string) => string) => T): T => {
  const descriptor = openSync(path, DIRECTORY);
  try {
    const { uid, mode } = fstatSync(descriptor);
    if (uid !== (process.getuid?.() ?? uid) || (mode & 0o022) !== 0)
      throw new Error(`${path} is not this server's own`);
    return use((name) => (BY_DESCRIPTOR ? `/proc/self/fd/${descriptor}/${name}` : join(path, name)));
  } finally {
    closeSync(descriptor);
  }
};
