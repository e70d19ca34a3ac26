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
  // A signal that lives as long as the server would keep something of every call that listens to it.
  const underWay = new Map<Promise<unknown>, AbortController>();
  let isStopped = false;
  const idle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.allSettled([...underWay.keys()]);
  };
  return {
    track: (request, work) => {
      const stopping = new AbortController();
      if (isStopped) stopping.abort();
      const running = work(AbortSignal.any([request, stopping.signal]));
      underWay.set(running, stopping);
      const forget = () => underWay.delete(running);
      running.then(forget, forget);
      return running;
    },
    idle,
    stop: async () => {
      isStopped = true;
      for (const stopping of underWay.values()) stopping.abort();
      await idle();
    },
  };
};
