import { describe, expect, it } from "vitest";
import { daysAgo, firstOfMonth, lastDays } from "../../../src/server/prompts/days-ago.js";

describe("daysAgo", () => {
  it("counts in UTC", () => {
    const now = new Date("2026-03-01T00:30:00Z");
    expect([daysAgo(now, 0), daysAgo(now, 1), daysAgo(now, 90)]).toEqual(["2026-03-01", "2026-02-28", "2025-12-01"]);
    expect(lastDays(now, 2)).toBe("--start-time 2026-02-27T00:00:00Z --end-time 2026-03-01T00:00:00Z");
  });
});

describe("firstOfMonth", () => {
  it("goes back over the turn of a year, and from a day that the month before has not", () => {
    expect(firstOfMonth(new Date("2026-02-28T23:59:59Z"), 3)).toBe("2025-11-01");
    expect(firstOfMonth(new Date("2026-05-31T00:00:00Z"), 3)).toBe("2026-02-01");
    expect(firstOfMonth(new Date("2026-05-01T00:00:00Z"), 0)).toBe("2026-05-01");
  });
});
