import { err, ok, type Result } from "../language/result.js";

/**
 * What the work gives, or that it takes longer; it goes on then. What has come by that time counts, also where this process
 * was too busy to look: sockets are read between a timer and what it puts off.
 */
export const inTime = async <T>(work: Promise<T>, milliseconds: number): Promise<Result<T, "late">> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<T, "late">>((resolve) => {
    timer = setTimeout(() => setImmediate(() => resolve(err("late"))), milliseconds);
  });
  try {
    return await Promise.race([work.then(ok), late]);
  } finally {
    clearTimeout(timer);
  }
};
