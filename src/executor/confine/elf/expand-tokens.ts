import type { ElfMachine } from "./elf-header.js";

/** What the loader puts for the words that begin with `$` in names and folders. */
export type Tokens = { readonly origin: string; readonly machine: ElfMachine };

/**
 * The paths that a text with `$ORIGIN`, `$LIB` and `$PLATFORM`, in braces or not, may stand for (ld.so(8)). There are
 * several where it depends on how the loader was built: Debian's libraries are in folders of their architecture.
 */
export const expandTokens = (text: string, { origin, machine }: Tokens): readonly string[] => {
  const expanded = (lib: string) =>
    text.replace(TOKEN, (_, braced?: string, bare?: string) => meaningOf(braced ?? bare ?? "", origin, lib, machine));
  return [...new Set(LIB[machine].map(expanded))];
};

const TOKEN = /\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_]))/g;

const meaningOf = (token: string, origin: string, lib: string, machine: ElfMachine): string =>
  token === "ORIGIN" ? origin : token === "LIB" ? lib : PLATFORM[machine];

const LIB: Readonly<Record<ElfMachine, readonly string[]>> = {
  x64: ["lib/x86_64-linux-gnu", "lib64", "lib"],
  arm64: ["lib/aarch64-linux-gnu", "lib64", "lib"],
};

const PLATFORM: Readonly<Record<ElfMachine, string>> = { x64: "x86_64", arm64: "aarch64" };
