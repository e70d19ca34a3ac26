import { constants } from "node:fs";
import { open, opendir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, outsideFile } from "./executor/file-problem.js";
import { isOwnFolder } from "./executor/is-own-folder.js";
import { inFolder, inInner, lookIn, type OpenDirectory, openFileIn } from "./executor/open-in.js";
import { isPartName } from "./executor/part-name.js";
import type { Reason } from "./executor/prepare-stage.js";
import { removeStale } from "./executor/remove-stale.js";
import type { KeptResult } from "./kept-result.js";
import { MOST_RECORD, RESULT_ID, readRecord, recordText } from "./kept-result-record.js";
import { err, ok, type Result } from "./language/result.js";
import { RECORD_FOLDER, RESULT_FOLDER } from "./plan/workspace-file.js";

/**
 * The files of kept results, and what is written down of each for other servers at the same workspace: a small file in a
 * folder that no command can name. Another server may be removing the same files, so nothing here throws what a file
 * system says: what cannot be read is not there.
 */
export type ResultRecords = {
  /** Gives whether others will find it. */
  readonly write: (result: KeptResult) => Promise<boolean>;
  /** The ids that have records, and whether these are all; nothing where that cannot be said. */
  readonly ids: () => Promise<RecordedIds | undefined>;
  /** What the record of an id says, where it is one, and the file is the very one that it speaks of. */
  readonly read: (id: string) => Promise<KeptResult | undefined>;
  /** Whether there is a file of this id. */
  readonly hasFile: (id: string) => Promise<boolean>;
  /** Removes the record, then the file: no record is left that speaks of nothing. */
  readonly remove: (id: string) => Promise<void>;
  /** Removes what was last written to before a moment (epoch milliseconds) and is known to belong to no result. */
  readonly removeStale: (before: StaleBefore, known: ReadonlySet<string>) => Promise<void>;
};

export type RecordedIds = { readonly ids: ReadonlySet<string>; readonly isAll: boolean };

export type StaleBefore = {
  /** for what no record speaks of */
  readonly unrecorded: number;
  /** for records of none of the known results: a record that cannot be read now may be read again tomorrow */
  readonly record: number;
};

/** Records that are looked at; a principal has fewer, unless many servers have all kept results within a minute. */
const MOST_READ = 1024;

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** @param workspace absolute path; nothing is made in it before the first record */
export const resultRecords = (workspace: string): ResultRecords => {
  const results = join(workspace, RESULT_FOLDER);
  const inResults = <T>(use: Use<T>) => quietly(inFolder(workspace, [RESULT_FOLDER], (folder) => ifOwn(folder, use)));
  const inRecords = <T>(use: Use<T>) =>
    inResults((folder) => inInner(folder, RECORD_FOLDER, (inner) => ifOwn(inner, use)));
  return {
    write: async (result) => {
      const text = recordText(result);
      if (!RESULT_ID.test(result.id) || Buffer.byteLength(text) > MOST_RECORD) return false;
      const use: Use<true> = (folder) => writeWhole(folder, result.id, text);
      const names = [RESULT_FOLDER, RECORD_FOLDER];
      return (await quietly(inFolder(workspace, names, (folder) => ifOwn(folder, use), { make: true }))) === true;
    },
    ids: () => inRecords(listIds),
    read: async (id) => {
      if (!RESULT_ID.test(id)) return undefined;
      const text = await inRecords((folder) => readText(folder, recordName(id)));
      const result = text === undefined ? undefined : readRecord(text, id, join(results, id));
      return result === undefined ? undefined : inResults((folder) => withFile(folder, result));
    },
    hasFile: async (id) => RESULT_ID.test(id) && (await inResults((folder) => lookIn(folder, id)))?.isFile() === true,
    remove: async (id) => {
      await inRecords(async (folder) => ok(await unlink(folder.at(recordName(id)))));
      await inResults(async (folder) => ok(await unlink(folder.at(id))));
    },
    removeStale: async (before, known) => {
      const folder = join(results, RECORD_FOLDER);
      await removeStale(folder, before.unrecorded, (name) => recordedId(name) === undefined);
      await removeStale(folder, before.record, (name) => !known.has(recordedId(name) ?? ""));
      // What a server was copying when it was killed.
      await removeStale(workspace, before.unrecorded, isPartName);
      const recorded = await inRecords(listIds);
      if (recorded?.isAll !== true) return;
      const belongs = (id: string): boolean => known.has(id) || recorded.ids.has(id);
      await removeStale(results, before.unrecorded, (name) => RESULT_ID.test(name) && !belongs(name));
    },
  };
};

type Use<T> = (folder: OpenDirectory) => Promise<Result<T, Reason>>;

const quietly = async <T>(work: Promise<Result<T, Reason>>): Promise<T | undefined> => {
  try {
    const done = await work;
    return done.ok ? done.value : undefined;
  } catch (cause) {
    // What no file system says is a mistake of ours.
    errorCode(cause);
    return undefined;
  }
};

// What lies in a folder that somebody else may write to says nothing.
const ifOwn = async <T>(folder: OpenDirectory, use: Use<T>): Promise<Result<T, Reason>> => {
  const stats = await lookIn(folder, ".");
  if (!stats.ok) return stats;
  return isOwnFolder(stats.value) ? use(folder) : err(outsideFile(folder.name));
};

const recordName = (id: string): string => `${id}.json`;

const recordedId = (name: string): string | undefined => {
  const id = name.slice(0, -".json".length);
  return RESULT_ID.test(id) && name === recordName(id) ? id : undefined;
};

// Nobody sees half a record: it is complete before it gets its name.
const writeWhole = async (folder: OpenDirectory, id: string, text: string): Promise<Result<true, Reason>> => {
  const part = folder.at(`${id}.part`);
  const handle = await open(part, NEW, 0o600);
  try {
    await handle.writeFile(text);
    await handle.close();
    await rename(part, folder.at(recordName(id)));
    return ok(true);
  } catch (cause) {
    await unlink(part).catch(() => undefined);
    throw cause;
  } finally {
    await handle.close();
  }
};

const listIds = async (folder: OpenDirectory): Promise<Result<RecordedIds, Reason>> => {
  const ids = new Set<string>();
  for await (const { name } of await opendir(folder.at("."), { bufferSize: 256 })) {
    const id = recordedId(name);
    if (id === undefined) continue;
    if (ids.size >= MOST_READ) return ok({ ids, isAll: false });
    ids.add(id);
  }
  return ok({ ids, isAll: true });
};

const readText = async (folder: OpenDirectory, name: string): Promise<Result<string, Reason>> => {
  const file = await openFileIn(folder, name);
  if (!file.ok) return file;
  const { handle, stats } = file.value;
  try {
    return stats.size > MOST_RECORD ? err(outsideFile(name)) : ok(await handle.readFile("utf8"));
  } finally {
    await handle.close();
  }
};

const withFile = async (folder: OpenDirectory, result: KeptResult): Promise<Result<KeptResult, Reason>> => {
  const file = await openFileIn(folder, result.id);
  if (!file.ok) return file;
  const { handle, stats } = file.value;
  await handle.close();
  const isIt = stats.size === BigInt(result.bytes) && String(stats.ino) === result.inode;
  return isIt ? ok(result) : err(outsideFile(result.id));
};
