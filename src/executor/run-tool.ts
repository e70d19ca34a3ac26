import { closeSync, constants, openSync } from "node:fs";
import { spawnStage } from "./spawn-stage.js";

/**
 * Runs a program of the operator's for a maintenance command, its output on our own stderr. Throws when it fails.
 *
 * @param program absolute path
 */
export const runTool = async (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> => {
  const stdin = openSync("/dev/null", constants.O_RDONLY);
  const child = spawnStage({ file: program, args, env, cwd: "/", launcher: [], stdin, stdout: 2, stderr: 2 });
  closeSync(stdin);
  const exit = await child.exit;
  if (exit.kind !== "exited" || exit.code !== 0) throw new Error(`${program} failed: ${JSON.stringify(exit)}`);
};
