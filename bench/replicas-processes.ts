import { readdirSync, readFileSync } from "node:fs";

/** A process with all that descend from it: the server, what it runs, and its proxy. */
export function treeOf(pid: number): readonly number[] {
  const parents = new Map(processes().map((each) => [each, parentOf(each)]));
  const found = [pid];
  // What is found is looked at in its turn.
  for (const parent of found) for (const [child, its] of parents) if (its === parent) found.push(child);
  return found;
}

/**
 * Milliseconds of processor time that a process has taken with all that descend from it, and with children of theirs that it
 * has waited for (proc(5), `stat`). bwrap(1) does not wait for what it holds, so that this is missing.
 */
export function processorTime(pid: number): number {
  const ticks = treeOf(pid).flatMap((each) => (statOf(each) ?? []).slice(11, 15).map(Number));
  return (ticks.reduce((sum, each) => sum + each, 0) / TICKS) * 1000;
}

/** Resident memory of one process in MB: now, and at most so far. */
export function residentOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: megabytes("VmRSS"), most: megabytes("VmHWM") };
}

/** What Linux counts in, on all machines that Node runs on (proc(5); `getconf CLK_TCK`). */
const TICKS = 100;

const processes = (): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

const parentOf = (pid: number): number => Number(statOf(pid)?.[1]);

/** The words behind the command's name, which may have spaces in it; nothing where it is gone. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
