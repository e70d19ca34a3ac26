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

/** How often the search is repeated while it finds something: what it killed may have started others meanwhile. */
const SWEEPS = 8;

/**
 * Kills every process whose environment carries this run's marker: a grandchild that made a session of its own.
 * Linux only (/proc); reads without blocking.
 *
 * @param since the lowest process id of a run that was short, which bounds the search; undefined: look at all
 */
export const killStragglers = async (run: string, since: number | undefined): Promise<void> => {
  const marker = `${RUN_MARKER}=${run}`;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const killed = await Promise.all((await candidates(since)).map((pid) => killIfMarked(pid, marker)));
    if (!killed.includes(true)) return;
  }
};

// Process ids are given out upwards, from the bottom again after the last (pid_max is 32768 or more). A descendant of
// a short run has a higher one than its first stage, unless the last one given out says that the end was passed.
const candidates = async (since: number | undefined): Promise<readonly number[]> => {
  const [names, load] = await Promise.all([
    readdir("/proc").catch(() => []),
    readFile("/proc/loadavg", "latin1").catch(() => ""),
  ]);
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const last = Number(load.trim().split(" ").at(-1));
  return since !== undefined && last >= since ? pids.filter((pid) => pid > since) : pids;
};

const killIfMarked = async (pid: number, marker: string): Promise<boolean> => {
  // A process may end, or belong to somebody else, while we look.
  const environment = await readFile(`/proc/${pid}/environ`, "latin1").catch(() => "");
  if (pid === process.pid || !environment.split("\0").includes(marker)) return false;
  try {
    process.kill(pid, "SIGKILL");
  } catch (cause) {
    if (!isGone(cause)) throw cause;
  }
  return true;
};

// EPERM: the group's last member became a zombie of another owner, or the number is already somebody else's.
const isGone = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && (cause.code === "ESRCH" || cause.code === "EPERM");
