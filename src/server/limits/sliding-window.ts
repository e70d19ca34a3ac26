/** How much of something was taken in the minute that has just gone by: in no 60 seconds is it more than `most`. */
export type SlidingWindow = {
  readonly most: number;
  /** What was taken in the last minute. */
  readonly used: () => number;
  /** What may be taken now. */
  readonly left: () => number;
  /** Takes so much, whether it is left or not: what has happened counts. */
  readonly take: (amount: number) => void;
  /** Milliseconds until so much is left; 0 where it is. */
  readonly wait: (amount: number) => number;
};

export type WindowSettings = {
  readonly most: number;
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** What is taken within so many milliseconds counts as taken at the end of them, so that little is to be remembered. */
  readonly grain: number;
};

const MINUTE = 60_000;

type Taken = { readonly since: number; readonly at: number; readonly amount: number };

export const slidingWindow = ({ most, now, grain }: WindowSettings): SlidingWindow => {
  // In the order of time; those before `first` are forgotten.
  let taken: Taken[] = [];
  let first = 0;
  let sum = 0;
  const forget = (at: number): void => {
    for (let old = taken[first]; old !== undefined && at - old.at >= MINUTE; old = taken[first]) {
      sum -= old.amount;
      first += 1;
    }
    if (first < taken.length / 2) return;
    taken = taken.slice(first);
    first = 0;
  };
  const used = (): number => {
    forget(now());
    return sum;
  };
  const left = (): number => Math.max(0, most - used());
  return {
    most,
    used,
    left,
    take: (amount) => {
      if (amount === 0) return;
      const at = now();
      forget(at);
      sum += amount;
      const last = taken.at(-1);
      if (last === undefined || at - last.since >= grain) taken.push({ since: at, at, amount });
      else taken[taken.length - 1] = { since: last.since, at, amount: last.amount + amount };
    },
    wait: (amount) => {
      let missing = Math.min(amount, most) - left();
      for (let index = first; missing > 0; index += 1) {
        const next = taken[index];
        if (next === undefined) return MINUTE;
        missing -= next.amount;
        if (missing <= 0) return Math.max(0, next.at + MINUTE - now());
      }
      return 0;
    },
  };
};
