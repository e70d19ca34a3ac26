import { type SharedWork, sharedWork } from "../../executor/shared-work.js";

/**
 * Gives a value that is kept for a while; nothing to a caller whose signal fires before it is there. The request is the one
 * that the work is done for, where it has to be done.
 */
export type Kept<T> = (signal: AbortSignal, request?: string) => Promise<T | undefined>;

export type Keeping<T> = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How long a value is kept, in milliseconds from when it is there. */
  readonly fresh: (value: T) => number;
};

/** How long what was read of AWS counts, in milliseconds, and how long it counts that something of it could not be read. */
export const FRESH = 60_000;
export const FRESH_FAILURE = 10_000;

/**
 * Keeps what the work gives until it is no longer fresh. Callers that ask while it is under way share it, and one that
 * leaves does not end it for the others. What throws is not kept.
 */
export const kept = <T>(
  work: (signal: AbortSignal, request?: string) => Promise<T>,
  { now, fresh }: Keeping<T>,
): Kept<T> => {
  let last: { readonly work: SharedWork<T>; until: number } | undefined;
  const start = (request: string | undefined) => {
    const started = {
      until: Number.POSITIVE_INFINITY,
      work: sharedWork(async (signal) => {
        let until = 0;
        try {
          const value = await work(signal, request);
          until = now() + fresh(value);
          return value;
        } finally {
          started.until = until;
        }
      }),
    };
    return started;
  };
  return (signal, request) => {
    if (last === undefined || last.work.isAbandoned() || now() >= last.until) last = start(request);
    return last.work.join(signal);
  };
};
