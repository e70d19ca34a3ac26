import { type BigIntStats, constants, existsSync } from "node:fs";
import { type FileHandle, lstat, mkdir, open } from "node:fs/promises";
import { err, ok, type Result } from "../language/result.js";
import { sameFile } from "./file-mark.js";
import { errorCode, fileSystemReason, notAFile, notAFolder, outsideFile, severalNames } from "./file-problem.js";
import type { Reason } from "./prepare-stage.js";

/**
 * A directory that is held open: what is looked up in it is in it, whatever somebody puts at its path meanwhile.
 *
 * Linux looks names up in a descriptor by way of `/proc/self/fd`, which comes to openat(2). Elsewhere paths are used, and
 * compared with what is held after each use; whoever swaps directories there and back between the two is not seen.
 */
export type OpenDirectory = {
  /** Its names from the directory where the walk began, joined; empty for that one. */
  readonly name: string;
  /** A path of one name in it, of itself for `.`; good as long as the directory is open. */
  readonly at: (name: string) => string;
  /** Whether this is what the name stands for; always, where no path was used to come to it. */
  readonly holds: (name: string, stats: BigIntStats) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

export type OpenFile = { readonly handle: FileHandle; readonly stats: BigIntStats };

export type Lookup = "descriptors" | "paths";

export type WalkOptions = {
  /** Make the folders that are missing. */
  readonly make?: boolean;
  readonly lookup?: Lookup;
};

const LOOKUP: Lookup = existsSync("/proc/self/fd") ? "descriptors" : "paths";
const DIRECTORY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
// Without O_NONBLOCK a FIFO waits for somebody who writes.
const FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens the folder at the end of `names`, one name after the other, following no link, and closes it after its use.
 *
 * @param root absolute path of a directory that nobody else can swap
 */
export const inFolder = async <T>(
  root: string,
  names: readonly string[],
  use: (folder: OpenDirectory) => Promise<Result<T, Reason>>,
  options: WalkOptions = {},
): Promise<Result<T, Reason>> => {
  const folder = await walk(root, names, { make: false, lookup: LOOKUP, ...options });
  return useAndClose(folder, use);
};

/** Opens a folder of the folder, which stays open, and closes it after its use. */
export const inInner = async <T>(
  folder: OpenDirectory,
  name: string,
  use: (folder: OpenDirectory) => Promise<Result<T, Reason>>,
): Promise<Result<T, Reason>> => useAndClose(await openFolderIn(folder, name, { make: false, lookup: LOOKUP }), use);

/** What a name of the folder stands for; a link for itself. */
export const lookIn = async (folder: OpenDirectory, name: string): Promise<Result<BigIntStats, Reason>> => {
  try {
    return ok(await lstat(folder.at(name), { bigint: true }));
  } catch (cause) {
    return err(fileSystemReason(cause, nameIn(folder, name)));
  }
};

/** Opens a regular file of one name for reading; the caller closes it. */
export const openFileIn = async (folder: OpenDirectory, name: string): Promise<Result<OpenFile, Reason>> => {
  const opened = await openIn(folder, name, FILE);
  if (!opened.ok) return opened;
  const reason = plainReason(opened.value.stats, nameIn(folder, name));
  if (reason === undefined) return opened;
  await opened.value.handle.close();
  return err(reason);
};

/** The name as it is shown: with those that lead to it. */
export const nameIn = ({ name: above }: OpenDirectory, name: string): string =>
  above === "" ? name : `${above}/${name}`;

const useAndClose = async <T>(
  folder: Result<OpenDirectory, Reason>,
  use: (folder: OpenDirectory) => Promise<Result<T, Reason>>,
): Promise<Result<T, Reason>> => {
  if (!folder.ok) return folder;
  try {
    return await use(folder.value);
  } finally {
    await folder.value.close();
  }
};

const walk = async (
  root: string,
  names: readonly string[],
  options: Required<WalkOptions>,
): Promise<Result<OpenDirectory, Reason>> => {
  let folder = await openRoot(root, options.lookup);
  for (const name of names) {
    if (!folder.ok) return folder;
    const above: OpenDirectory = folder.value;
    folder = await openFolderIn(above, name, options);
    await above.close();
  }
  return folder;
};

const openRoot = async (path: string, lookup: Lookup): Promise<Result<OpenDirectory, Reason>> => {
  try {
    const handle = await open(path, DIRECTORY);
    const held = await handle.stat({ bigint: true });
    const above = async () => sameFile(held, await lstat(path, { bigint: true }));
    return ok(heldDirectory(handle, { name: "", path, above }, lookup));
  } catch (cause) {
    return err(fileSystemReason(cause, ""));
  }
};

const openFolderIn = async (
  folder: OpenDirectory,
  name: string,
  { make, lookup }: Required<WalkOptions>,
): Promise<Result<OpenDirectory, Reason>> => {
  const made = make ? await makeFolderIn(folder, name) : ok(undefined);
  if (!made.ok) return made;
  const opened = await openIn(folder, name, DIRECTORY);
  if (!opened.ok) return opened;
  const { handle, stats } = opened.value;
  const above = () => folder.holds(name, stats);
  return ok(heldDirectory(handle, { name: nameIn(folder, name), path: folder.at(name), above }, lookup));
};

const makeFolderIn = async (folder: OpenDirectory, name: string): Promise<Result<undefined, Reason>> => {
  try {
    await mkdir(folder.at(name), { mode: 0o700 });
  } catch (cause) {
    if (errorCode(cause) !== "EEXIST") return err(fileSystemReason(cause, nameIn(folder, name)));
  }
  return ok(undefined);
};

type Where = { readonly name: string; readonly path: string; readonly above: () => Promise<boolean> };

const heldDirectory = (handle: FileHandle, { name, path, above }: Where, lookup: Lookup): OpenDirectory => {
  const close = () => handle.close();
  if (lookup === "descriptors") {
    return { name, at: (inner) => `/proc/self/fd/${handle.fd}/${inner}`, holds: async () => true, close };
  }
  const at = (inner: string) => `${path}/${inner}`;
  const holds = async (inner: string, stats: BigIntStats) =>
    (await above()) && sameFile(stats, await lstat(at(inner), { bigint: true }));
  return { name, at, holds, close };
};

const openIn = async (folder: OpenDirectory, name: string, flags: number): Promise<Result<OpenFile, Reason>> => {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder.at(name), flags);
    const stats = await handle.stat({ bigint: true });
    if (await folder.holds(name, stats)) return ok({ handle, stats });
    await handle.close();
    return err(outsideFile(nameIn(folder, name)));
  } catch (cause) {
    await handle?.close();
    return err(await openReason(cause, folder, name));
  }
};

// A link that is to be opened as a directory is no directory either, says Linux.
const openReason = async (cause: unknown, folder: OpenDirectory, name: string): Promise<Reason> => {
  const shown = nameIn(folder, name);
  if (errorCode(cause) !== "ENOTDIR") return fileSystemReason(cause, shown);
  const found = await lookIn(folder, name);
  if (!found.ok) return found.error;
  return found.value.isSymbolicLink() || found.value.isDirectory() ? outsideFile(shown) : notAFolder(shown);
};

const plainReason = (stats: BigIntStats, name: string): Reason | undefined => {
  if (!stats.isFile()) return notAFile(name);
  return stats.nlink > 1n ? severalNames(name) : undefined;
};
