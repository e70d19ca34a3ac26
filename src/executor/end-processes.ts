import { readdir, readFile } from "node:fs/promises";

/** Variable that every process of a run carries, so that one that left its group can still be found. */
export const RUN_MARKER = "AWSPIPE_RUN";

/** Sends a signal to the process group that `leader` leads; a group that is gone is fine. */
export const signalGroup = (leader: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-leader, signal);
  } catch (cause) {
    if (!isGone(cause)) throw cause;
  }
};

/**
 * Kills every process whose environment carries this run's marker: a grandchild that made a session of its own.
 * Linux only (/proc); reads without blocking.
 */
export const killStragglers = async (run: string): Promise<void> => {
  const marker = `${RUN_MARKER}=${run}`;
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  await Promise.all(pids.map((pid) => killIfMarked(pid, marker)));
};

const killIfMarked = async (pid: number, marker: string): Promise<void> => {
  // A process may end, or belong to somebody else, while we look.
  const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
  if (pid === process.pid || !environment.split("\0").includes(marker)) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch (cause) {
    if (!isGone(cause)) throw cause;
  }
};

// EPERM: the group's last member became a zombie of another owner, or the number is already somebody else's.
const isGone = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && (cause.code === "ESRCH" || cause.code === "EPERM");
