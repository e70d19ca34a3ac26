import type { LimitFunction } from "p-limit";
import { err, ok, type Result } from "../language/result.js";
import type { Files } from "../policy/files.js";
import type { Input } from "../policy/verdict.js";
import type { RunFailure } from "./run-result.js";
import { createSnapshot, type Snapshot } from "./snapshot.js";

/**
 * The files of one run, a private folder for each stage: what one stage writes is never what another one reads, and what
 * was judged is what is there.
 */
export type StageSnapshots = {
  /** What has been read so far, for judging. */
  readonly files: Files;
  /** The stage's folder; made when it is first asked for. */
  readonly of: (stage: number) => Snapshot;
  /** Reads and copies what has not been taken yet. */
  readonly take: (inputs: readonly Input[], signal: AbortSignal) => Promise<Result<undefined, RunFailure>>;
  /** Removes every folder. */
  readonly remove: () => Promise<void>;
};

/**
 * @param workspace absolute, real
 * @param parent a private directory
 * @param turns lets a few copy at once, of all runs
 */
export const stageSnapshots = (workspace: string, parent: string, turns: LimitFunction): StageSnapshots => {
  const made = new Map<number, Snapshot>();
  const of = (stage: number): Snapshot => {
    const snapshot = made.get(stage) ?? createSnapshot({ workspace, parent });
    made.set(stage, snapshot);
    return snapshot;
  };
  return {
    of,
    files: (stage) => (path) => {
      const snapshot = made.get(stage);
      const digest = snapshot?.digest(path);
      return digest === undefined ? undefined : { ...digest, text: snapshot?.text(path) };
    },
    take: async (inputs, signal) => {
      for (const { stage, path, how } of inputs) {
        const needed = { path, how: how === "operand" ? ("bytes" as const) : how };
        const taken = await turns(() => of(stage).add([needed], signal));
        if (!taken.ok) return err({ kind: "failure", stage, ...taken.error });
      }
      return ok(undefined);
    },
    remove: async () => {
      await Promise.all([...made.values()].map((snapshot) => snapshot.remove()));
      made.clear();
    },
  };
};
