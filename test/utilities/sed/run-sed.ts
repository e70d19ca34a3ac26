import { spawnSync } from "node:child_process";

export type SedRun = {
  /** Undefined where it was stopped: it ran too long or wrote too much. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
};

/** Runs the installed sed as the engine does, but where and with what it is told. */
export const runSed = (args: readonly string[], cwd: string, input = ""): SedRun => {
  const env = { LC_ALL: "C.UTF-8", PATH: "/nonexistent" };
  const child = spawnSync("/bin/sed", args, { cwd, env, input, timeout: 500, maxBuffer: 100_000, encoding: "utf8" });
  return {
    status: child.signal === null ? (child.status ?? undefined) : undefined,
    stdout: child.stdout,
    stderr: child.stderr,
  };
};
