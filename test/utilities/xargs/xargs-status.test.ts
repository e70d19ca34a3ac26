import { describe, expect, it } from "vitest";
import { afterRun, type RunEnd, xargsStatus } from "../../../src/utilities/xargs/xargs-status.js";

const exited = (code: number): RunEnd => ({ kind: "exited", code });
const notStarted = (reason: string): RunEnd => ({ kind: "not-started", reason });

describe("afterRun", () => {
  it.each([
    [0, exited(0), 0, false],
    [0, exited(1), 123, false],
    [0, exited(125), 123, false],
    [0, exited(126), 123, false],
    [0, exited(254), 123, false],
    [0, exited(255), 124, true],
    [0, { kind: "signalled" }, 125, true],
    [0, notStarted("EACCES"), 126, true],
    [0, notStarted("E2BIG"), 126, true],
    [0, notStarted("ENOENT"), 127, true],
    [123, exited(0), 123, false],
    [123, exited(255), 124, true],
    [124, exited(1), 124, false],
    [125, exited(255), 125, true],
  ] as const)("after %s and %j is %s", (before, end, status, stops) => {
    expect(afterRun(before, end)).toEqual({ status, stops });
  });
});

describe("xargsStatus", () => {
  it("is 0 where nothing ran", () => expect(xargsStatus([])).toBe(0));

  it("is the highest, whichever run ended first", () => {
    const ends: readonly RunEnd[] = [exited(1), { kind: "signalled" }, exited(255), exited(0)];
    expect([xargsStatus(ends), xargsStatus(ends.toReversed())]).toEqual([125, 125]);
  });
});
