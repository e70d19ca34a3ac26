import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Removes the compiled files of `built` whose source is no longer below `sources`, so that no package carries a program
 * that nobody tests any more. Both are absolute paths. Returns what was removed, by its path below `built`. Throws where
 * there are no sources, before anything is removed.
 */
export const removeOrphans = (built: string, sources: string): readonly string[] => {
  const known = new Set(readdirSync(sources, { recursive: true, encoding: "utf8" }));
  const orphans = readdirSync(built, { recursive: true, encoding: "utf8" })
    .filter((file) => COMPILED.test(file) && !known.has(file.replace(COMPILED, ".ts")))
    .sort();
  for (const file of orphans) rmSync(join(built, file));
  return orphans;
};

const COMPILED = /\.(?:js|d\.ts)$/;
