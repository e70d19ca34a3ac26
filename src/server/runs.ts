/** The calls that are under way, so that a stopping server can end them. */
export type Runs = {
  /** Runs `work` with a signal that fires when the request's own does, or when the server stops. */
  readonly track: <T>(request: AbortSignal, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  /** Settles once none is under way. */
  readonly idle: () => Promise<void>;
  /** Ends every call and waits until each has. */
  readonly stop: () => Promise<void>;
};

export const createRuns = (): Runs => {
  const stopping = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const idle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled([...underWay]);
  };
  return {
    track: (request, work) => {
      const running = work(AbortSignal.any([request, stopping.signal]));
      underWay.add(running);
      const forget = () => underWay.delete(running);
      running.then(forget, forget);
      return running;
    },
    idle,
    stop: async () => {
      stopping.abort();
      await idle();
    },
  };
};
