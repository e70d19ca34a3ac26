import { canInstall, installPackages } from "./debian.js";
import { findProgram } from "./find-program.js";
import type { Found } from "./found.js";

/** Each program that tests, demo or bench run, and the Debian package that has it. */
const packages = {
  bash: "bash",
  bwrap: "bubblewrap",
  cat: "coreutils",
  column: "bsdextrautils",
  dash: "dash",
  diff: "diffutils",
  find: "findutils",
  gawk: "gawk",
  groff: "groff-base",
  gzip: "gzip",
  hexdump: "bsdextrautils",
  grotty: "groff-base",
  jq: "jq",
  less: "less",
  nginx: "nginx-light",
  openssl: "openssl",
  prlimit: "util-linux",
  python3: "python3",
  "redis-server": "redis-server",
  sed: "sed",
  setpriv: "util-linux",
  strace: "strace",
  strings: "binutils",
  troff: "groff-base",
  xxd: "xxd",
} as const;

export type Program = keyof typeof packages;
export type Programs = Readonly<Record<Program, Found<string>>>;

/** Looks for every program, installs what is missing where that is possible, and looks again. */
export async function findPrograms(): Promise<Programs> {
  const missing = names().filter((name) => findProgram(name) === undefined);
  if (missing.length > 0 && canInstall()) await installPackages([...new Set(missing.map((name) => packages[name]))]);
  // The keys are those of the table and no others.
  return Object.fromEntries(names().map((name) => [name, look(name)])) as Programs;
}

function names(): readonly Program[] {
  // Object.keys of a literal table gives its own keys.
  return Object.keys(packages) as Program[];
}

function look(name: Program): Found<string> {
  const value = findProgram(name);
  if (value !== undefined) return { kind: "found", value };
  return { kind: "problem", line: `${name} is not on the PATH: install it (Debian's package is ${packages[name]})` };
}
