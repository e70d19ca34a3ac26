import { existsSync, statSync } from "node:fs";
import type { Profile } from "./profile.js";

/**
 * The words of setpriv(1) of util-linux 2.41 or later that confine a program by Landlock and seccomp. Landlock here is
 * about files only: every access to any file is refused but what a rule names (landlock(7)); the network and other
 * processes are closed by the seccomp program.
 *
 * @param setpriv absolute path, with the words that drop privileges
 * @param seccomp absolute path of the seccomp program
 */
export const setprivWords = (
  setpriv: readonly [string, ...string[]],
  profile: Profile,
  seccomp: string,
): readonly string[] => [
  ...setpriv,
  "--landlock-access",
  "fs",
  ...[...rulesOf(profile)].flatMap(([path, rights]) => [
    "--landlock-rule",
    `path-beneath:${[...rights].join(",")}:${path}`,
  ]),
  "--seccomp-filter",
  seccomp,
  "--",
];

type Rights = Set<string>;

const WRITE = [
  "write-file",
  "truncate",
  "make-reg",
  "make-dir",
  "remove-file",
  "remove-dir",
  "refer",
  "read-dir",
  "read-file",
];

const rulesOf = ({ executes, reads, writes, system }: Profile): ReadonlyMap<string, Rights> => {
  const rules = new Map<string, Rights>();
  const add = (paths: readonly string[], rights: (path: string) => readonly string[]): void => {
    for (const path of paths.filter((each) => existsSync(each))) {
      const known = rules.get(path) ?? new Set();
      for (const right of rights(path)) known.add(right);
      rules.set(path, known);
    }
  };
  const reading = (path: string) => (statSync(path).isDirectory() ? ["read-file", "read-dir"] : ["read-file"]);
  add(reads, reading);
  add(executes, (path) => ["execute", ...reading(path)]);
  add(writes, () => WRITE);
  if (system) {
    add(["/dev/null"], () => ["read-file", "write-file"]);
    add(["/dev/urandom"], () => ["read-file"]);
  }
  return rules;
};
