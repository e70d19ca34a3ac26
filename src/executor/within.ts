import { inTime } from "./in-time.js";

/**
 * Whether the work settles in time; it goes on in any case.
 *
 * @param milliseconds how long it may take
 */
export const within = async (work: Promise<unknown>, milliseconds: number): Promise<boolean> =>
  (await inTime(work, milliseconds)).ok;
