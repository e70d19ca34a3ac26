import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { trySystem } from "./system-error.js";

/** Milliseconds after which a reserve counts as left over. */
const OLD = 86_400_000;

/**
 * Removes the reserves that killed servers have left in a folder of logs: whoever starts there makes another file, and never
 * meets them. A server that has run for longer than that loses only the name of its reserve: the room stays its own until
 * it closes the file (unlink(2)). What cannot be removed stays.
 *
 * @param now epoch milliseconds
 */
export const removeLeftReserves = (folder: string, now: number): void => {
  trySystem(() => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (/^awspipe-.*\.jsonl\.reserve$/.test(name)) trySystem(() => isLeft(path, now) && rmSync(path));
    }
  });
};

const isLeft = (path: string, now: number): boolean => {
  const found = lstatSync(path);
  return found.isFile() && now - found.mtimeMs > OLD;
};
