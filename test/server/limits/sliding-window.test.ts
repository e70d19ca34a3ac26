import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slidingWindow } from "../../../src/server/limits/sliding-window.js";

const clock = { at: 0 };
const windowOf = (most: number, grain = 0) => {
  clock.at = 0;
  return slidingWindow({ most, now: () => clock.at, grain });
};

/** Steps of time, small ones and some that come near a minute. */
const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 50_000, max: 61_000 })), {
  minLength: 1,
  maxLength: 80,
});

/** Steps of time within what is remembered together, and longer ones. */
const moments = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 10_000, max: 61_000 }));

/** What of these was taken in the 60 seconds that end then. */
const inMinuteBefore = (taken: readonly { at: number; amount: number }[], end: number): number =>
  taken.filter(({ at }) => at > end - 60_000 && at <= end).reduce((sum, { amount }) => sum + amount, 0);

describe("slidingWindow", () => {
  it("lets so many through in any 60 seconds and not one more, and refuses nobody before that", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), steps, (most, waits) => {
        const calls = windowOf(most);
        const taken: { at: number; amount: number }[] = [];
        for (const wait of waits) {
          clock.at += wait;
          const before = inMinuteBefore(taken, clock.at);
          expect([calls.used(), calls.left()]).toEqual([before, most - before]);
          if (calls.left() === 0) continue;
          calls.take(1);
          taken.push({ at: clock.at, amount: 1 });
        }
        for (const { at } of taken) expect(inMinuteBefore(taken, at)).toBeLessThanOrEqual(most);
      }),
    );
  });

  it("says how long it takes until so much is left, to the millisecond", () => {
    const takings = fc.array(fc.tuple(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 1, max: 9 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(takings, fc.integer({ min: 1, max: 10 }), (all, amount) => {
        const window = windowOf(10);
        for (const [wait, taken] of all) {
          clock.at += wait;
          window.take(Math.min(taken, window.left()));
        }
        const wait = window.wait(amount);
        clock.at += Math.max(0, wait - 1);
        if (wait > 0) expect(window.left()).toBeLessThan(amount);
        clock.at += Math.min(1, wait);
        expect(window.left()).toBeGreaterThanOrEqual(amount);
      }),
    );
  });

  it("keeps the bound where it remembers moments together, and forgets them at most a moment late", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(moments, fc.integer({ min: 1, max: 500 }))), (all) => {
        const bytes = windowOf(1000, 100);
        const taken: { at: number; amount: number }[] = [];
        for (const [wait, asked] of all) {
          clock.at += wait;
          expect(bytes.used()).toBeGreaterThanOrEqual(inMinuteBefore(taken, clock.at));
          expect(bytes.used()).toBeLessThanOrEqual(
            taken.filter(({ at }) => at > clock.at - 60_100).reduce((sum, { amount }) => sum + amount, 0),
          );
          const amount = Math.min(asked, bytes.left());
          bytes.take(amount);
          taken.push({ at: clock.at, amount });
        }
        for (const { at } of taken) expect(inMinuteBefore(taken, at)).toBeLessThanOrEqual(1000);
      }),
    );
  });

  it("remembers what is taken in one moment as one, at its end", () => {
    const bytes = windowOf(100, 100);
    for (const at of [0, 99, 100]) {
      clock.at = at;
      bytes.take(10);
    }
    const usedAt = [59_999, 60_098, 60_099, 60_100].map((at) => {
      clock.at = at;
      return bytes.used();
    });
    expect(usedAt).toEqual([30, 30, 10, 0]);
  });

  it("counts what has happened though it was more than was left", () => {
    const bytes = windowOf(10);
    bytes.take(15);
    expect([bytes.used(), bytes.left(), bytes.wait(1), bytes.wait(99)]).toEqual([15, 0, 60_000, 60_000]);
    clock.at = 60_000;
    expect([bytes.used(), bytes.left(), bytes.wait(99)]).toEqual([0, 10, 0]);
  });
});
