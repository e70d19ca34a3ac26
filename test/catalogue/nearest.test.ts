import { describe, expect, it } from "vitest";
import { nearest } from "../../src/catalogue/nearest.js";

const NAMES = ["reverse", "random-sort", "numeric-sort", "unique", "key"];

describe("nearest", () => {
  it("finds a word with a swap, a missing or another letter", () => {
    expect(nearest("reverce", NAMES)).toEqual(["reverse"]);
    expect(nearest("revesre", NAMES)).toEqual(["reverse"]);
    expect(nearest("unque", NAMES)).toEqual(["unique"]);
    expect(nearest("kye", NAMES)).toEqual(["key"]);
  });

  it("finds a word that the text begins", () => expect(nearest("numeric", NAMES)).toEqual(["numeric-sort"]));

  it("finds nothing when nothing is close", () => {
    expect(nearest("colour", NAMES)).toEqual([]);
    expect(nearest("", NAMES)).toEqual([]);
  });

  it("gives at most three, the best first", () => {
    expect(nearest("ab", ["ac", "ad", "ab", "ae", "af"])).toEqual(["ab", "ac", "ad"]);
  });

  it("reads only the beginning of a long text", () => expect(nearest("x".repeat(1_000_000), NAMES)).toEqual([]));
});
