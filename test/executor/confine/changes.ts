import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What was made, changed or removed below some folders since the last look, a line each. */
export type Changes = () => readonly string[];

/**
 * Watches files and folders with all that is below them.
 *
 * @param roots absolute paths
 * @param except absolute paths of folders in which the server itself works
 */
export const watchChanges = (roots: readonly string[], except: readonly string[]): Changes => {
  let before = look(roots, except);
  return () => {
    const now = look(roots, except);
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
      (path) => before.get(path) !== now.get(path),
    );
    const lines = changed.map((path) => `${path}: ${before.get(path) ?? "nothing"} -> ${now.get(path) ?? "nothing"}`);
    before = now;
    return lines.sort();
  };
};

const look = (roots: readonly string[], except: readonly string[]): Map<string, string> => {
  const seen = new Map<string, string>();
  const visit = (path: string): void => {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined || except.includes(path)) return;
    const { mode, uid, gid, size, nlink, ino, mtimeMs, ctimeMs } = stats;
    // The last change of the inode tells what the rest does not: other contents of the same length, other times.
    seen.set(path, [mode.toString(8), uid, gid, size, nlink, ino, mtimeMs, ctimeMs].join(" "));
    if (stats.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
  };
  for (const root of roots) visit(root);
  return seen;
};
