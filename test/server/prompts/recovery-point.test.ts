import { describe, expect, it } from "vitest";
import { readRecoveryPoint } from "../../../src/server/prompts/recovery-point.js";

describe("readRecoveryPoint", () => {
  it.each([
    ["1 hour", { kind: "scheduled", hours: 1 }],
    ["90 min", { kind: "scheduled", hours: 1 }],
    ["4h", { kind: "scheduled", hours: 4 }],
    ["2 days", { kind: "scheduled", hours: 24 }],
    ["1 week", { kind: "scheduled", hours: 24 }],
    ["15 minutes", { kind: "continuous" }],
    ["30s", { kind: "continuous" }],
    ["0", { kind: "continuous" }],
    ["near zero", { kind: "continuous" }],
    ["soon", { kind: "unread" }],
    ["1 hour; rm", { kind: "unread" }],
    ["-1 hour", { kind: "unread" }],
    ["1 month", { kind: "unread" }],
  ])("reads %j", (text, point) => {
    expect(readRecoveryPoint(text)).toEqual(point);
  });
});
