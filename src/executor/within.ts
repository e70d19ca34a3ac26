/**
 * Whether the work settles in time; it goes on in any case. What has come by that time counts, also where this process was too
 * busy to look: descriptors are read between a timer and what it puts off.
 *
 * @param milliseconds how long it may take
 */
export const within = async (work: Promise<unknown>, milliseconds: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => setImmediate(() => resolve(false)), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
};
