import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Judges } from "../provision/judges.js";
import { needJudges } from "../provision/need-judges.js";
import { type Outcome, runProgram } from "../provision/run-program.js";

export type Judge = Exclude<keyof Judges, "node">;

/** Runs a judge in a folder and a home of its own, without the operator's settings. */
export const runJudge = async (judge: Judge, args: readonly string[]): Promise<Outcome> => {
  const { node, ...scripts } = needJudges();
  const home = mkdtempSync(join(tmpdir(), "awspipe-judge-"));
  try {
    const env = { PATH: process.env.PATH, HOME: home, NO_COLOR: "1" };
    return await runProgram(node, [scripts[judge], ...args], { cwd: home, env });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};
