import { SYSCALLS_ARM64 } from "./syscalls-arm64.js";
import type { SyscallRun } from "./syscalls-common.js";
import { SYSCALLS_X64 } from "./syscalls-x64.js";

/** A kind of machine, as `process.arch` names it. */
export type SeccompArch = "x64" | "arm64";

/** The system calls of one kind of machine. */
export type Syscalls = {
  /** The number of each call, by its name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The numbers that are calls, as ranges with both ends, in order. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
};

export const syscallsOf = (arch: SeccompArch): Syscalls => {
  const runs = TABLES[arch].map(namesOf);
  return {
    numbers: new Map(runs.flatMap(([first, names]) => names.map((name, index) => [name, first + index] as const))),
    ranges: runs.map(([first, names]) => [first, first + names.length - 1]),
  };
};

const TABLES: Readonly<Record<SeccompArch, readonly SyscallRun[]>> = { x64: SYSCALLS_X64, arm64: SYSCALLS_ARM64 };

const namesOf = ([first, names]: SyscallRun): readonly [number, readonly string[]] => [
  first,
  names.trim().split(/\s+/),
];
