import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Below `~/.aws`: sessions of roles, those of `aws sso login` and of `aws login`. */
const CACHES = ["cli/cache", "sso/cache", "login/cache"];

/**
 * Gives the AWS CLI the operator's caches in a HOME of the engine's, and nothing else of `~/.aws`. A cache that can be
 * written to is the operator's own, by a link. Of one that can't be, as where `~/.aws` is mounted read-only, the CLI gets
 * a copy, which keeps up with sessions that are opened or ended elsewhere. One that the operator does not have is left to
 * the CLI, which fails to make a folder where a link leads nowhere.
 *
 * @param home absolute path of the engine's HOME
 * @param operatorHome absolute path of the operator's, where there is one
 */
export const shareCaches = (home: string, operatorHome: string | undefined): void => {
  if (operatorHome === undefined) return;
  if (isSignedOut(home)) forget(home);
  for (const name of CACHES) {
    const theirs = join(operatorHome, ".aws", name);
    const ours = join(home, ".aws", name);
    mkdirSync(dirname(ours), { recursive: true, mode: 0o700 });
    if (!existsSync(theirs)) continue;
    if (isWritable(theirs)) linkOnce(theirs, ours);
    else copyChanged(theirs, ours);
  }
};

const isWritable = (folder: string): boolean => {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** Makes a link where nothing is yet. */
export const linkOnce = (target: string, path: string): void => {
  try {
    symlinkSync(target, path);
  } catch (cause) {
    if (codeOf(cause) !== "EEXIST") throw cause;
  }
};

/** What was copied, by the copy's path: from where, and the original's time then, in milliseconds. */
const copies = new Map<string, { readonly original: string; readonly changed: number }>();

// `aws sso logout` removes a session's file.
const isSignedOut = (home: string): boolean =>
  [...copies].some(([copy, { original }]) => copy.startsWith(`${home}/`) && !existsSync(original));

// With a session that has ended, those of roles that came from it end here, too.
const forget = (home: string): void => {
  for (const folder of CACHES.map((name) => join(home, ".aws", name)))
    for (const name of isFolder(folder) ? sessionsIn(folder) : []) {
      rmSync(join(folder, name), { force: true });
      copies.delete(join(folder, name));
    }
};

const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const copyChanged = (theirs: string, ours: string): void => {
  mkdirSync(ours, { recursive: true, mode: 0o700 });
  if (!isFolder(ours)) return;
  for (const name of sessionsIn(theirs)) copyIfChanged(join(theirs, name), join(ours, name));
};

const sessionsIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch (cause) {
    if (codeOf(cause) === "EACCES") return [];
    throw cause;
  }
};

// As long as the original is as it was, the copy counts, which the CLI may have renewed.
const copyIfChanged = (original: string, copy: string): void => {
  try {
    const changed = statSync(original).mtimeMs;
    if (copies.get(copy)?.changed === changed) return;
    // A CLI that is under way reads the one or the other, never half of it.
    copyFileSync(original, `${copy}.new`);
    renameSync(`${copy}.new`, copy);
    copies.set(copy, { original, changed });
  } catch (cause) {
    // It went away meanwhile, or is somebody else's: the CLI misses it and says so.
    if (!["ENOENT", "EACCES"].includes(codeOf(cause))) throw cause;
  }
};

const codeOf = (cause: unknown): string => (cause instanceof Error && "code" in cause ? String(cause.code) : "");
