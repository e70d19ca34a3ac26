import { describe, expect, it } from "vitest";
import { matching } from "../../../src/server/prompts/matching.js";

describe("matching", () => {
  it("has what begins with it before what holds it, whatever the case", () => {
    expect(matching("B", ["ab", "ba", "c", "Bb"])).toEqual(["ba", "Bb", "ab"]);
    expect(matching(" ", ["a", "b"])).toEqual(["a", "b"]);
  });
});
