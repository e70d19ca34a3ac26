import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { CanonicalStage } from "../policy/verdict.js";
import { NOBODY, type PrivateDirectories } from "./private-directories.js";
import { removeTree } from "./remove-tree.js";

const folder = ({ scratch }: PrivateDirectories, run: string, stage: number): string =>
  join(scratch, `${run}-${stage}`);

/**
 * Makes a folder of its own for a stage that puts what does not fit into memory there; gives its absolute path.
 *
 * @param own whether the stage runs as the server's own user
 */
export const makeScratch = (directories: PrivateDirectories, run: string, stage: number, own: boolean): string => {
  const path = folder(directories, run, stage);
  mkdirSync(path, { mode: 0o700 });
  if (process.getuid?.() === 0 && !own) chownSync(path, NOBODY, NOBODY);
  return path;
};

/** Removes those folders of a run, whatever became of it. */
export const removeScratch = async (
  directories: PrivateDirectories,
  run: string,
  stages: readonly CanonicalStage[],
): Promise<void> => {
  const made = stages.flatMap((stage, index) =>
    stage.kind === "utility" && stage.scratch ? [folder(directories, run, index)] : [],
  );
  await Promise.all(made.map(removeTree));
};
