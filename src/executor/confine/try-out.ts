import { chmodSync, closeSync, constants, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Launcher } from "../launcher.js";
import { spawnStage } from "../spawn-stage.js";
import type { Confine } from "./backend.js";
import { filterProfile } from "./filter-profile.js";

/** What a confinement is tried with. */
export type TryOut = {
  /** Absolute path of a directory whose files everybody may read; it holds nothing secret. */
  readonly directory: string;
  /** Absolute paths of programs of coreutils: one ends at once, one prints files, one starts another program. */
  readonly true: string;
  readonly cat: string;
  readonly timeout: string;
};

/**
 * Tries what a filter is held to: its program runs and reads the file that it was given, but not the one beside it, and
 * starts no process. Gives what went wrong, or nothing.
 */
export const tryOut = async (confine: Confine, base: Launcher, files: TryOut): Promise<string | undefined> => {
  const given = join(files.directory, "given");
  const other = join(files.directory, "other");
  for (const path of [given, other]) {
    writeFileSync(path, "a file to try\n");
    chmodSync(path, 0o644); // whatever the umask is
  }
  const run = (program: string, args: readonly string[]) => confinedRun(confine, base, program, args, given, files);
  const [ended, read, leaked, forked] = await Promise.all([
    run(files.true, []),
    run(files.cat, [given]),
    run(files.cat, [other]),
    run(files.timeout, ["5", files.true]),
  ]);
  if (ended.code !== 0) return `a program does not run${said(ended)}`;
  if (read.code !== 0) return `a file that was given cannot be read${said(read)}`;
  if (leaked.code === 0) return "a file that was not given can be read";
  return forked.code === 0 ? "a program can start another one" : undefined;
};

/** Tries whether a program can have /proc and devices, which the aws stage needs. Gives what went wrong, or nothing. */
export const trySystem = async (confine: Confine, base: Launcher, files: TryOut): Promise<string | undefined> => {
  const withSystem: Confine = (profile, launcher) => confine({ ...profile, system: true }, launcher);
  const ended = await confinedRun(withSystem, base, files.true, [], files.directory, files);
  return ended.code === 0 ? undefined : `a program does not run${said(ended)}`;
};

type Outcome = { readonly code: number | undefined; readonly words: string };

const said = ({ words }: Outcome): string => (words === "" ? "" : `: ${words}`);

const confinedRun = async (
  confine: Confine,
  base: Launcher,
  program: string,
  args: readonly string[],
  given: string,
  files: TryOut,
): Promise<Outcome> => {
  const profile = filterProfile(program, {
    reads: [],
    operands: [given],
    writes: [],
    cwd: files.directory,
    milliseconds: 5000,
  });
  if (!profile.ok) return { code: undefined, words: profile.error.message };
  // Every program that is tried may be executed, so that nothing but the ban on processes stops the one that starts another.
  const { value } = profile;
  const launcher = confine({ ...value, executes: [...value.executes, files.true] }, base);
  const errors = join(files.directory, `errors-${process.hrtime.bigint()}`);
  const opened = [
    openSync("/dev/null", constants.O_RDWR),
    openSync(errors, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600),
    ...(launcher.holds === undefined ? [] : [openSync(launcher.holds.seccomp, constants.O_RDONLY)]),
  ];
  const [nothing = -1, stderr = -1, ...seccomp] = opened;
  const child = spawnStage({
    file: program,
    args,
    env: { LC_ALL: "C" },
    cwd: files.directory,
    launcher: launcher.words,
    stdin: nothing,
    stdout: nothing,
    stderr,
    further: [...seccomp, nothing],
  });
  const exit = await child.exit;
  for (const descriptor of opened) closeSync(descriptor);
  const words = readFileSync(errors, "utf8").trim().split("\n", 1)[0] ?? "";
  rmSync(errors);
  return { code: exit.kind === "exited" ? exit.code : undefined, words };
};
