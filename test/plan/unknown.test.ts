import { describe, expect, it } from "vitest";
import { isUnknown, UNKNOWN_ITEM, UNKNOWN_OUTPUT, withUnknownShown } from "../../src/plan/unknown.js";

describe("isUnknown", () => {
  it("finds a place that is still open, and no whole character that begins like one", () => {
    expect([UNKNOWN_OUTPUT, `a${UNKNOWN_ITEM}b`, `${UNKNOWN_ITEM}${UNKNOWN_OUTPUT}`].map(isUnknown)).toEqual([
      true,
      true,
      true,
    ]);
    expect(["", "abc", "\u{10000}", "\u{10107}", "\u{10400}", "\u{107ff}"].map(isUnknown)).toEqual(
      Array(6).fill(false),
    );
  });
});

describe("withUnknownShown", () => {
  it("shows open places and leaves characters whole", () => {
    expect(withUnknownShown(`\u{10107}${UNKNOWN_OUTPUT}\u{10400}${UNKNOWN_ITEM}`)).toBe("\u{10107}$(…)\u{10400}{}");
  });
});
