/** Waits for the work; gives nothing to a caller whose signal fires before it is done. */
export type SharedWork<T> = {
  readonly join: (signal: AbortSignal) => Promise<T | undefined>;
  /** Nobody waits for it any longer, so that it was told to stop. */
  readonly isAbandoned: () => boolean;
};

/**
 * Starts work that several callers may wait for. One that leaves does not end it for the others; when the last has left,
 * its own signal fires.
 */
export const sharedWork = <T>(work: (signal: AbortSignal) => Promise<T>): SharedWork<T> => {
  const stop = new AbortController();
  let waiting = 0;
  let isDone = false;
  const done = work(stop.signal).finally(() => {
    isDone = true;
  });
  // Whoever has left does not hear of a failure; who stays does.
  done.catch(() => undefined);
  return {
    isAbandoned: () => stop.signal.aborted,
    join: async (signal) => {
      waiting += 1;
      let leave = (): void => undefined;
      const left = new Promise<undefined>((resolve) => {
        leave = () => resolve(undefined);
      });
      signal.addEventListener("abort", leave, { once: true });
      if (signal.aborted) leave();
      try {
        return await Promise.race([done, left]);
      } finally {
        signal.removeEventListener("abort", leave);
        waiting -= 1;
        if (waiting === 0 && !isDone) stop.abort();
      }
    },
  };
};
