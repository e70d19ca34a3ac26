import { availableParallelism } from "node:os";
import type { ResourceLimits } from "./profile.js";

const MIB = 1024 ** 2;

/** A filter may use as much time as its call has, two gibibytes, and small files where it may write at all. */
export const filterLimits = (milliseconds: number): ResourceLimits => ({
  cpuSeconds: secondsOf(milliseconds),
  addressSpace: 2048 * MIB,
  fileSize: 1024 * MIB,
  openFiles: 64,
});

/** The CLI reserves address space for each of its threads; what it downloads is bounded by the disk. */
export const awsLimits = (milliseconds: number): ResourceLimits => ({
  cpuSeconds: secondsOf(milliseconds),
  addressSpace: 8192 * MIB,
  fileSize: undefined,
  openFiles: 1024,
});

// Threads add up, so the deadline comes first; this is for the process that would not see it.
const secondsOf = (milliseconds: number): number => (Math.ceil(milliseconds / 1000) + 2) * availableParallelism();

/**
 * The words of prlimit(1) that set these limits before a program, soft and hard; no core file is ever written.
 *
 * @param prlimit absolute path
 */
export const limitWords = (prlimit: string, limits: ResourceLimits): readonly string[] => {
  const bounds = { cpu: limits.cpuSeconds, as: limits.addressSpace, fsize: limits.fileSize, nofile: limits.openFiles };
  const set = Object.entries({ ...bounds, core: 0 }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}:${value}`],
  );
  return [prlimit, ...set, "--"];
};
