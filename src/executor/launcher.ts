import { accessSync, closeSync, constants, openSync, readSync } from "node:fs";
import { NOBODY } from "./private-directories.js";
import { spawnStage } from "./spawn-stage.js";

/** Words that are put before a program, and what they do, by name. */
export type Launcher = {
  readonly words: readonly string[];
  readonly enforces: readonly string[];
  /** The last of the words stay and hold the program, as bwrap(1) does: what they read on 3; on 4 they tell its end. */
  readonly holds?: { readonly seccomp: string };
};

/** How stages are started on this machine. */
export type Launchers = {
  readonly aws: Launcher;
  readonly utility: Launcher;
  /** A utility that reads workspace files, which belong to the server's own user. */
  readonly utilityWithFiles: Launcher;
};

const NONE: Launcher = { words: [], enforces: [] };

/**
 * Finds out what setpriv(1) of util-linux can do here, by doing it: each list of words is tried with the program
 * `probe` (an absolute path of something that ends at once with 0).
 *
 * @param unprivileged whether filters should run as another user, which needs uid 0
 */
export const findLaunchers = async (setpriv: string, probe: string, unprivileged: boolean): Promise<Launchers> => {
  const held = [setpriv, "--pdeathsig", "KILL", "--no-new-privs"];
  const base: Launcher = { words: [...held, "--"], enforces: ["dies-with-server", "no-new-privileges"] };
  const dropped = [...held, "--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups", "--"];
  const nobody: Launcher = { words: dropped, enforces: [...base.enforces, "unprivileged-user"] };
  const [baseWorks, nobodyWorks] = await Promise.all([works(base, probe), unprivileged && works(nobody, probe)]);
  const plain = baseWorks ? base : NONE;
  return { aws: plain, utilityWithFiles: plain, utility: nobodyWorks ? nobody : plain };
};

const works = async (launcher: Launcher, probe: string): Promise<boolean> => {
  if (!isExecutable(launcher.words[0] ?? "")) return false;
  const nothing = openSync("/dev/null", constants.O_RDWR);
  const stdio = { stdin: nothing, stdout: nothing, stderr: nothing };
  const child = spawnStage({ file: probe, args: [], env: {}, cwd: "/", launcher: launcher.words, ...stdio });
  closeSync(nothing);
  const exit = await child.exit;
  return exit.kind === "exited" && exit.code === 0;
};

/**
 * Whether this process may execute the file at an absolute path, and the kernel can. What execve(2) does not know,
 * execvp(3) gives to /bin/sh as a script, and both libuv and setpriv(1) start programs by execvp(3).
 */
export const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return PROGRAM.test(beginning(path));
  } catch {
    return false;
  }
};

// ELF, a script that names its interpreter, Mach-O for one or for several machines.
const PROGRAM = /^(?:\x7fELF|#!|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/;

const beginning = (path: string): string => {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.alloc(4);
    return bytes.toString("latin1", 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
};
