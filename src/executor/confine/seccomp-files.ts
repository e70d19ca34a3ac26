import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "./profile.js";
import { seccompProgram } from "./seccomp/seccomp-program.js";

/**
 * Gives the path of the seccomp program that holds a profile. `own` is a program in a process namespace of its own, in
 * which it may signal whom it sees.
 */
export type SeccompFiles = (profile: Pick<Profile, "network" | "processes" | "times">, own: "own" | "shared") => string;

/**
 * Writes the seccomp programs, each when it is first needed, where launchers read them before they take hold.
 *
 * @param directory absolute path; every user may read it
 */
export const seccompFiles =
  (directory: string): SeccompFiles =>
  ({ network, processes, times: setsTimes }, own) => {
    const sockets = network === "none" ? "none" : "inet";
    const signals = own === "own" ? "any" : "none";
    const times = setsTimes ? "any" : "none";
    const path = join(directory, `sockets-${sockets}-processes-${processes}-signals-${signals}-times-${times}.bpf`);
    if (!existsSync(path)) {
      writeFileSync(path, seccompProgram({ arch: architecture(), sockets, processes, signals, times }));
      chmodSync(path, 0o444); // whatever the umask is
    }
    return path;
  };

/** Whether there are seccomp programs for this machine. */
export const hasSeccompProgram = (): boolean => ARCHITECTURES.some((arch) => arch === process.arch);

const ARCHITECTURES = ["x64", "arm64"] as const;

const architecture = (): (typeof ARCHITECTURES)[number] => {
  const found = ARCHITECTURES.find((arch) => arch === process.arch);
  if (found === undefined) throw new Error(`there is no seccomp program for ${process.arch}`);
  return found;
};
