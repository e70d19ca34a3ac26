import type { Settings } from "../../settings.js";
import { createWritesLeft, type WritesLeft } from "../../steps/writes-left.js";
import { type SlidingWindow, slidingWindow } from "./sliding-window.js";
import { steadyClock } from "./steady-clock.js";

/** What one principal has sent and drawn, and how much more it may. All its connections share it. */
export type Limits = {
  readonly calls: SlidingWindow;
  readonly bytes: SlidingWindow | undefined;
  readonly writes: WritesLeft | undefined;
};

export type LimitSettings = Pick<
  Settings,
  "AWS_MCP_CALLS_PER_MINUTE" | "AWS_MCP_BYTES_PER_MINUTE" | "AWS_MCP_MAX_WRITES"
>;

/** Milliseconds of reading that are remembered as one, so that a minute is 600 numbers at most. */
const GRAIN = 100;

/** Calls of a minute that are remembered one by one; where more are allowed, those of a `GRAIN` are one, too. */
const FEW = 1000;

/**
 * The limits of one principal, of which nothing is used up yet.
 *
 * @param now milliseconds; see `steadyClock`
 */
export const createLimits = (
  { AWS_MCP_CALLS_PER_MINUTE: calls, AWS_MCP_BYTES_PER_MINUTE: bytes, AWS_MCP_MAX_WRITES: writes }: LimitSettings,
  now: () => number,
): Limits => {
  const steady = steadyClock(now);
  return {
    calls: slidingWindow({ most: calls, now: steady, grain: calls <= FEW ? 0 : GRAIN }),
    bytes: bytes === undefined ? undefined : slidingWindow({ most: bytes, now: steady, grain: GRAIN }),
    writes: writes === undefined ? undefined : createWritesLeft(writes),
  };
};

/**
 * The limits of each principal, by its name, made when it is first asked for and kept as long as the server runs. Each
 * remembers at most some thousand numbers, however much may be sent; how many principals there are is others' to bound.
 */
export const limitsByPrincipal = (
  settings: LimitSettings,
  now: () => number = () => performance.now(),
): ((name: string) => Limits) => {
  const known = new Map<string, Limits>();
  return (name) => {
    const limits = known.get(name) ?? createLimits(settings, now);
    known.set(name, limits);
    return limits;
  };
};
