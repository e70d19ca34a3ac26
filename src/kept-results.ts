import { rmSync } from "node:fs";
import { join } from "node:path";
import { removeStale } from "./executor/remove-stale.js";
import type { KeptResult } from "./kept-result.js";
import { RESULT_FOLDER } from "./plan/workspace-file.js";

/** The kept results of one workspace, each principal's apart from all others'. */
export type KeptResults = {
  /** Takes over the results of one answer, and removes the oldest beyond the bounds; never one of this answer. */
  readonly keep: (results: readonly KeptResult[]) => void;
  /** The newest first. */
  readonly list: (owner: string) => readonly KeptResult[];
  readonly get: (id: string, owner: string) => KeptResult | undefined;
  /** Hears when the owner's list has changed. Gives what ends that. */
  readonly onChange: (owner: string, listener: () => void) => () => void;
};

/** What one principal's results may come to. */
export type ResultBounds = { readonly files: number; readonly bytes: number };

// Of each principal: nobody pushes out another's. More files than one call has runs.
const BOUNDS: ResultBounds = { files: 128, bytes: 2 ** 30 };

/** How long a file stays that no server knows any longer, in milliseconds. */
const STALE = 86_400_000;

export type ResultSettings = {
  /** Absolute path. */
  readonly workspace: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly bounds?: ResultBounds;
};

/**
 * Makes a store, which holds nothing yet. What earlier servers have left in the folder goes after a day; another server may
 * be at work in the same workspace.
 */
export const createKeptResults = ({ workspace, now, bounds = BOUNDS }: ResultSettings): KeptResults => {
  removeStale(join(workspace, RESULT_FOLDER), now() - STALE);
  // In the order in which they came.
  const kept = new Map<string, KeptResult>();
  const listeners = new Map<() => void, string>();
  const of = (owner: string) => [...kept.values()].filter((result) => result.owner === owner);
  const tell = (owner: string): void => {
    for (const [listener, whose] of listeners) if (whose === owner) listener();
  };
  return {
    keep: (results) => {
      for (const result of results) kept.set(result.id, result);
      for (const owner of new Set(results.map((result) => result.owner))) {
        for (const old of beyond(of(owner), results, bounds)) {
          kept.delete(old.id);
          rmSync(old.path, { force: true });
        }
        tell(owner);
      }
    },
    list: (owner) => of(owner).reverse(),
    get: (id, owner) => {
      const found = kept.get(id);
      return found?.owner === owner ? found : undefined;
    },
    onChange: (owner, listener) => {
      const own = () => listener();
      listeners.set(own, owner);
      return () => listeners.delete(own);
    },
  };
};

/** The oldest that do not fit. */
const beyond = (
  all: readonly KeptResult[],
  fresh: readonly KeptResult[],
  bounds: ResultBounds,
): readonly KeptResult[] => {
  const stays = new Set(fresh.map(({ id }) => id));
  const gone: KeptResult[] = [];
  let files = all.length;
  let bytes = all.reduce((sum, each) => sum + each.bytes, 0);
  for (const each of all) {
    if (files <= bounds.files && bytes <= bounds.bytes) break;
    if (stays.has(each.id)) continue;
    gone.push(each);
    files -= 1;
    bytes -= each.bytes;
  }
  return gone;
};
