import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { steadyClock } from "../../../src/server/limits/steady-clock.js";

describe("steadyClock", () => {
  it("lets no time pass where the clock is set back, and goes on from there", () => {
    let at = 1000;
    const clock = steadyClock(() => at);
    const passed = [0, 500, -3_600_000, 700, 0, 1].map((step) => {
      at += step;
      return clock();
    });
    expect(passed).toEqual([0, 500, 500, 1200, 1200, 1201]);
  });

  it("never goes back, whatever the clock does", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 2 }), (times) => {
        const left = [...times];
        const clock = steadyClock(() => left.shift() ?? 0);
        const told = times.slice(1).map(() => clock());
        expect(told).toEqual(told.toSorted((one, other) => one - other));
      }),
    );
  });
});
