import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { expect } from "vitest";
import { RUN_MARKER } from "../../src/executor/end-processes.js";
import type { Bench } from "./bench-machine.js";

/** What a run could leave behind. */
export type Leftovers = {
  /** What the descriptors of this process are open on, sorted. */
  readonly descriptors: readonly string[];
  /** Command lines of processes with a marker of the bench's runs, and of children of this process. */
  readonly processes: readonly string[];
  /** Files below the private directories that are not meant to stay. */
  readonly files: readonly string[];
  /** FIFOs that wait to be used. */
  readonly fifos: number;
};

/** The pool keeps this many FIFOs at most: what is left below its mark, and one batch. */
export const MOST_FIFOS = 48 + 96;

// FIFOs that wait, what was found out about the operator's identity, and output that did not fit.
const STAYS = /^(fifos|configuration|credential-home)\/|^workspace\/@result\b/;

export const leftovers = ({ machine, runs }: Bench): Leftovers => {
  const files = readdirSync(machine.directories.root, { recursive: true, encoding: "utf8" }).sort();
  return {
    descriptors: descriptors(),
    processes: processes(runs),
    files: files.filter((name) => !STAYS.test(name)),
    fifos: files.filter((name) => name.startsWith("fifos/")).length,
  };
};

/** Waits until nothing is left that was not there before; a pool that is being refilled gets the time for it. */
export const expectNothingLeft = async (bench: Bench, before: Leftovers): Promise<void> => {
  const { descriptors, processes, files } = before;
  await expect
    .poll(() => ({ ...leftovers(bench), fifos: 0 }), { timeout: 8000, interval: 20 })
    .toEqual({ descriptors, processes, files, fifos: 0 });
  expect(leftovers(bench).fifos).toBeLessThanOrEqual(MOST_FIFOS);
};

/** Descriptors of this process by what they are open on. */
export const descriptors = (): readonly string[] =>
  readdirSync("/proc/self/fd")
    .flatMap((name) => {
      try {
        return [
          readlinkSync(`/proc/self/fd/${name}`)
            .replace(/\[\d+\]/, "")
            .replace(/\d+/g, "N"),
        ];
      } catch {
        return []; // the one that listed the directory
      }
    })
    .sort();

const processes = (runs: ReadonlySet<string>): readonly string[] =>
  pids()
    .filter((pid) => pid !== process.pid && (isMarked(pid, runs) || parentOf(pid) === process.pid))
    .map(commandOf)
    .sort();

/** Ids of processes that belong to the bench's runs. */
export const stagesOf = ({ runs }: Bench): readonly number[] => pids().filter((pid) => isMarked(pid, runs));

/** Whether a process is there; a zombie is not. */
export const isAlive = (pid: number): boolean => !["", "Z", "X"].includes(stateOf(pid));

const pids = (): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

const isMarked = (pid: number, runs: ReadonlySet<string>): boolean =>
  read(`/proc/${pid}/environ`)
    .split("\0")
    .some((each) => each.startsWith(`${RUN_MARKER}=`) && runs.has(each.slice(RUN_MARKER.length + 1)));

const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll("\0", " ") || `zombie ${pid}`;

const statOf = (pid: number): readonly string[] =>
  read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, "")
    .split(" ");

const stateOf = (pid: number): string => statOf(pid)[0] ?? "";

const parentOf = (pid: number): number => Number(statOf(pid)[1]);

// A process may end while we look.
const read = (path: string): string => {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
};
