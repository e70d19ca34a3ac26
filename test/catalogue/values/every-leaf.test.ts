import { describe, expect, it } from "vitest";
import { everyLeaf, showPlace } from "../../../src/catalogue/values/every-leaf.js";
import { file, nothing, number, value } from "./build.js";

describe("everyLeaf", () => {
  it("gives all leaves and where they stand, in order", () => {
    const tree = value({
      a: ["b", { c: true, "d e": file("file://x") }],
      f: [],
      g: {},
      h: nothing,
      i: [[number("1")]],
    });
    expect(Array.from(everyLeaf(tree), ({ place, leaf }) => [showPlace(place), leaf])).toEqual([
      ["a[0]", { kind: "text", text: "b" }],
      ["a[1].c", { kind: "boolean", value: true }],
      ['a[1]."d e"', file("file://x")],
      ["h", nothing],
      ["i[0][0]", number("1")],
    ]);
  });

  it("gives a leaf itself", () => {
    expect([...everyLeaf(value("a"))]).toEqual([{ place: [], leaf: { kind: "text", text: "a" } }]);
  });
});
