import { type Outcome, runProgram } from "../provision/run-program.js";

/** podman or docker, as `test/image/run` found it. */
export const ENGINE = process.env.AWSPIPE_IMAGE_ENGINE ?? "podman";

/** What `test/image/run` has built. */
export const IMAGE = "awspipe-test-image";

/** Runs the container engine to its end; throws with its words where it fails. */
export const engine = async (...args: readonly string[]): Promise<string> => {
  const { ok, stdout, stderr } = await tryEngine(...args);
  if (!ok) throw new Error(`${ENGINE} ${args.join(" ")}: ${stderr}`);
  return stdout;
};

export const tryEngine = (...args: readonly string[]): Promise<Outcome> => runProgram(ENGINE, args);
