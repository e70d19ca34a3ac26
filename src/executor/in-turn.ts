import type { LimitFunction } from "p-limit";

/** What the work gives when its turn has come; nothing where nobody waits for it any longer before that. */
export const inTurn = async <T>(
  limit: LimitFunction,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  let isRunning = false;
  const turn = limit(async () => {
    if (signal.aborted) return undefined;
    isRunning = true;
    return work();
  });
  const left = new Promise<undefined>((resolve) => {
    const leave = (): void => {
      if (!isRunning) resolve(undefined);
    };
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    void turn.finally(() => signal.removeEventListener("abort", leave)).catch(() => undefined);
  });
  return Promise.race([turn, left]);
};
