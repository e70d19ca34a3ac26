import pLimit from "p-limit";
import { isWithin } from "./executor/is-within.js";
import type { Machine } from "./executor/machine.js";
import type { KeptResult } from "./kept-result.js";
import { type ResultRecords, resultRecords } from "./kept-result-records.js";
import { beyond, boundsIn, fileSystemSize, type ResultBounds } from "./kept-results-beyond.js";

/** The kept results of one workspace, each principal's apart from all others'. */
export type KeptResults = {
  /** Whether other servers at this workspace, now or later, find what this one keeps. */
  readonly lasting: boolean;
  /**
   * Takes over the results of one answer, and removes the oldest beyond the bounds; never one of this answer, nor one that
   * another server has kept within the last minute.
   */
  readonly keep: (results: readonly KeptResult[]) => Promise<void>;
  /** The newest first. */
  readonly list: (owner: string) => Promise<readonly KeptResult[]>;
  readonly get: (id: string, owner: string) => Promise<KeptResult | undefined>;
  /** Whether the file of an id lies in the workspace, whosever it is. */
  readonly hasFile: (id: string) => Promise<boolean>;
  /** Hears when this server has changed the owner's list. Gives what ends that. */
  readonly onChange: (owner: string, listener: () => void) => () => void;
};

// Of each principal, and of all servers at its workspace together: nobody pushes out another's. More files than one call
// has runs. Bytes are fewer where the file system is small, as memory is that a container has for files.
const BOUNDS: ResultBounds = { files: 128, bytes: 2 ** 30 };

/** Milliseconds after which a file goes that no record speaks of; no call takes longer to write one. */
const STALE = 90_000_000;

/** Milliseconds for which a result stays whoever keeps it and is restarted: a week. */
const LONGEST = 604_800_000;

/** Milliseconds in which another server's result is not pushed out: its answer may still be on its way. */
const YOUNG = 60_000;

export type ResultSettings = {
  /** Absolute path. */
  readonly workspace: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether other servers use the workspace, at the same time or after this one. */
  readonly lasting: boolean;
  readonly bounds?: ResultBounds;
  /** Bytes of the file system where a path lies; 0 where nobody knows. */
  readonly sizeOf?: (path: string) => Promise<number>;
};

/**
 * Makes a store. Where the workspace outlives the server, what others have kept in it is found by what they have written
 * down of it, for a week; what is left of older ones is removed.
 */
export const createKeptResults = ({
  workspace,
  now,
  lasting,
  bounds = BOUNDS,
  sizeOf = fileSystemSize,
}: ResultSettings): KeptResults => {
  const records = resultRecords(workspace);
  const kept = new Map<string, Known>();
  const listeners = new Map<() => void, string>();
  const inLine = line();
  const isOver = ({ at }: KeptResult): boolean => lasting && at < now() - LONGEST;
  // Those of one moment in the order in which they came, or in one that is the same on every server.
  const all = (): readonly Known[] =>
    [...kept.values()].sort(
      ({ result: one }, { result: other }) => one.at - other.at || (lasting ? (one.id < other.id ? -1 : 1) : 0),
    );
  const of = (owner: string) => all().filter(({ result }) => result.owner === owner && !isOver(result));
  const tell = (owner: string): void => {
    for (const [listener, whose] of listeners) if (whose === owner) listener();
  };
  const remove = async (gone: readonly Known[]): Promise<void> => {
    for (const { result } of gone) {
      kept.delete(result.id);
      await records.remove(result.id);
    }
  };
  const look = async (): Promise<void> => {
    if (lasting) await lookAround(records, kept);
  };
  const clear = async (): Promise<void> => {
    await look();
    await remove(all().filter(({ result }) => isOver(result)));
    await records.removeStale({ unrecorded: now() - STALE, record: now() - LONGEST }, new Set(kept.keys()));
  };
  if (lasting) void inLine(clear);
  return {
    lasting,
    keep: (results) =>
      inLine(async () => {
        for (const result of results)
          kept.set(result.id, { result, isOwn: true, isRecorded: lasting && (await records.write(result)) });
        if (results.length > 0) await look();
        const fresh = new Set(results.map(({ id }) => id));
        const stays = ({ result, isOwn }: Known) => fresh.has(result.id) || (!isOwn && result.at > now() - YOUNG);
        const most = results.length > 0 ? boundsIn(await sizeOf(workspace), bounds) : bounds;
        for (const owner of new Set(results.map((result) => result.owner))) {
          await remove(beyond(of(owner), stays, most));
          tell(owner);
        }
      }),
    list: (owner) =>
      inLine(async () => {
        await look();
        const found = of(owner)
          .map(({ result }) => result)
          .reverse();
        return lasting ? found.slice(0, bounds.files) : found;
      }),
    get: async (id, owner) => {
      const found = kept.get(id)?.result ?? (lasting ? await records.read(id) : undefined);
      return found?.owner === owner && !isOver(found) ? found : undefined;
    },
    hasFile: records.hasFile,
    onChange: (owner, listener) => {
      const own = () => listener();
      listeners.set(own, owner);
      return () => listeners.delete(own);
    },
  };
};

/** The store of a machine's workspace, which lasts where the operator has named it. */
export const keptResultsAt = ({ workspace, now, directories }: Place): KeptResults =>
  createKeptResults({ workspace, now, lasting: !isWithin(workspace, directories.root) });

type Place = Pick<Machine, "workspace" | "now"> & { readonly directories: Pick<Machine["directories"], "root"> };

/** A result, whether this server has kept it, and whether others find it. */
type Known = { readonly result: KeptResult; readonly isOwn: boolean; readonly isRecorded: boolean };

/** Records that are read at once. */
const READS = 8;

// What others have kept comes in, and what they have removed goes. A record never changes, so that each is read once.
const lookAround = async (records: ResultRecords, kept: Map<string, Known>): Promise<void> => {
  const recorded = await records.ids();
  if (recorded === undefined) return;
  const { ids, isAll } = recorded;
  for (const [id, { isRecorded }] of kept) if (isRecorded && isAll && !ids.has(id)) kept.delete(id);
  const limit = pLimit(READS);
  const read = async (id: string): Promise<void> => {
    const result = await records.read(id);
    if (result !== undefined) kept.set(id, { result, isOwn: false, isRecorded: true });
  };
  await Promise.all([...ids].filter((id) => !kept.has(id)).map((id) => limit(read, id)));
};

// One look at the folder after the other: none takes for removed what the one before has just found.
const line = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
};
