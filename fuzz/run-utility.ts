import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import type { UtilityInvocation } from "../src/utilities/match-utility.js";
import type { Nest } from "./nest.js";
import { NOBODY } from "./run-batch.js";

/** The real utility reads nothing beside its workspace, and makes only the files that it said. */
export const runUtility = (nest: Nest, { argv, files, paths }: UtilityInvocation): string | undefined => {
  const program = paths.find(existsSync);
  if (program === undefined) return undefined;
  const { stdout, stderr } = spawnSync("/usr/bin/timeout", ["0.5", program, ...argv.slice(1)], {
    cwd: nest.work,
    env: nest.environment,
    input: "a b c\nfoo=1,2\n",
    timeout: 5_000,
    maxBuffer: 1 << 20,
    ...NOBODY,
  });
  const made = files.filter(({ how }) => how === "write").map(({ path }) => path);
  const changed = nest.changed(made);
  if (Buffer.concat([stdout, stderr]).includes(nest.canary)) return "shows the canary";
  return changed === undefined ? undefined : `changes files: ${changed.slice(nest.work.length + 1)}`;
};
