import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type SeccompArch, syscallsOf } from "../../../../src/executor/confine/seccomp/syscalls.js";

/** Where the kernel's headers are on Debian and elsewhere. Without them there is nothing to compare. */
const HEADERS: Readonly<Record<SeccompArch, readonly string[]>> = {
  x64: ["/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h"],
  arm64: ["/usr/include/asm-generic/unistd.h"],
};

const headerOf = (arch: SeccompArch): string | undefined => HEADERS[arch].find((path) => existsSync(path));

type Entry = readonly [number: number, name: string];

/** The calls of a header, as a 64-bit program sees them. */
const entriesOf = (header: string): readonly Entry[] => {
  const text = readFileSync(header, "utf8");
  // The generic header calls what is `fcntl64` on 32 bits __NR3264_fcntl, and says below what that is on 64, then on 32.
  const wide = new Map(
    [...text.matchAll(/^#define __NR_(\w+) __NR3264_(\w+)$/gm)]
      .map(([, name = "", of]) => [of, name] as const)
      .reverse(),
  );
  return [...text.matchAll(/^#define __NR(3264)?_(\w+)\s+(\d+)\s*$/gm)]
    .map(([, kind, name = "", number]): Entry => [Number(number), kind === undefined ? name : (wide.get(name) ?? name)])
    .filter(([number, name]) => !OTHERS.has(name) && !(number >= 403 && number <= 423)); // times of 64 bits on 32
};

/** The count of calls, a place for those of other machines, the second name of a number. */
const OTHERS: ReadonlySet<string> = new Set(["syscalls", "arch_specific_syscall", "sync_file_range2"]);

/** In our tables and not in every header: 42 went from the generic one, 335 and 336 came to x86-64. */
const MOVED: ReadonlySet<number> = new Set([42, 335, 336]);

const archs = ["x64", "arm64"] as const;

describe("syscallsOf", () => {
  it.each(archs.filter((arch) => headerOf(arch) !== undefined))("agrees with the kernel's header of %s", (arch) => {
    const header = entriesOf(headerOf(arch) ?? "");
    const ours = [...syscallsOf(arch).numbers].map(([name, number]): Entry => [number, name]);
    const newest = Math.min(Math.max(...header.map(([number]) => number)), Math.max(...ours.map(([number]) => number)));
    const compared = (entries: readonly Entry[]) =>
      entries.filter(([number]) => number <= newest && !MOVED.has(number)).sort(([a], [b]) => a - b);
    expect(header.length).toBeGreaterThan(300);
    expect(compared(ours)).toEqual(compared(header));
  });

  it("knows the numbers of both", () => {
    const names = ["read", "fork", "clone", "clone3", "socket", "wait4", "newfstatat", "open_tree_attr", "listns"];
    expect(archs.map((arch) => names.map((name) => syscallsOf(arch).numbers.get(name)))).toEqual([
      [0, 57, 56, 435, 41, 61, 262, 467, 470],
      [63, undefined, 220, 435, 198, 260, 79, 467, 470],
    ]);
  });

  it("gives the numbers that are calls as ranges", () => {
    expect(archs.map((arch) => syscallsOf(arch).ranges)).toEqual([
      [
        [0, 336],
        [424, 471],
      ],
      [
        [0, 243],
        [260, 294],
        [424, 471],
      ],
    ]);
  });

  it("gives a name to one number only", () => {
    const counts = archs.map((arch) => {
      const { numbers, ranges } = syscallsOf(arch);
      return [numbers.size, ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)];
    });
    expect(counts).toEqual([
      [385, 385],
      [327, 327],
    ]);
  });
});
