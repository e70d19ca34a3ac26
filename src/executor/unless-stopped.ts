import { err, ok, type Result } from "../language/result.js";

/** When nobody waits for a piece of work any longer. */
export type Stop = { readonly milliseconds: number; readonly signal: AbortSignal };

/**
 * What the work gives, or why it is not waited for any longer. Work that has begun goes on; others may share it.
 */
export const unlessStopped = async <T>(
  work: () => Promise<T>,
  { milliseconds, signal }: Stop,
): Promise<Result<T, "deadline" | "cancelled">> => {
  if (signal.aborted) return err("cancelled");
  let timer: NodeJS.Timeout | undefined;
  let cancel: (() => void) | undefined;
  const stopped = new Promise<Result<T, "deadline" | "cancelled">>((resolve) => {
    timer = setTimeout(() => resolve(err("deadline")), milliseconds);
    cancel = () => resolve(err("cancelled"));
    signal.addEventListener("abort", cancel, { once: true });
  });
  try {
    return await Promise.race([stopped, work().then(ok)]);
  } finally {
    clearTimeout(timer);
    if (cancel !== undefined) signal.removeEventListener("abort", cancel);
  }
};
