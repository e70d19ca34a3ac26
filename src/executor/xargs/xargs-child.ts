import { closeSync } from "node:fs";
import type { Child } from "../spawn-stage.js";
import { errorStream } from "./error-stream.js";
import { inputBatches } from "./input-batches.js";
import { ItemRuns } from "./item-runs.js";
import type { XargsStreams, XargsTold, XargsWork } from "./xargs-work.js";

/** xargs as if it were a child of ours; what it has to tell is complete when it has ended. */
export type XargsChild = Child & { readonly told: () => XargsTold };

/**
 * Runs xargs in this process: reads its input to the end, then runs the command for its items.
 *
 * A mistake of ours in a run ends it with status 1, and is thrown when somebody wants to know what it has to tell: by then
 * the other stages have ended, too.
 */
export const xargsChild = (work: XargsWork, streams: XargsStreams): XargsChild => {
  const stop = new AbortController();
  const errors = errorStream(streams.stderr, stop.signal);
  const runs = new ItemRuns(work, streams, errors);
  let signalled: NodeJS.Signals | undefined;
  let bug: { readonly cause: unknown } | undefined;
  const run = async (): Promise<void> => {
    // INVARIANT: awaited also where there is nothing to read. No run begins before the caller has started the stages behind.
    const batches = await inputBatches(work.call, work.command, streams.stdin, stop.signal);
    if (stop.signal.aborted) return;
    await (batches.ok ? runs.all(batches.value) : runs.stop(batches.error, undefined));
  };
  const ended = run()
    .catch((cause: unknown) => {
      bug = { cause };
    })
    .finally(errors.close);
  return {
    pid: undefined,
    exit: ended.then(() => {
      for (const descriptor of streams.own) closeSync(descriptor);
      if (signalled !== undefined) return { kind: "signalled", signal: signalled };
      return bug === undefined ? runs.exit() : { kind: "exited", code: 1 };
    }),
    signal: (name) => {
      signalled ??= name;
      stop.abort();
      runs.abort();
    },
    told: () => {
      if (bug !== undefined) throw bug.cause;
      return runs.told();
    },
  };
};
