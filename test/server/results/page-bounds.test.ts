import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characterStart, cutBefore, LOOK_BACK, PAGE_BYTES, pagesOf } from "../../../src/server/results/page-bounds.js";

const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** Where a part of the text before `at` is cut, as what follows the cut. */
const cut = (before: string, behind: string): string => {
  const bytes = Buffer.from(before + behind);
  return bytes.subarray(cutBefore(bytes, Buffer.byteLength(before))).toString();
};

// What a decoder may stumble over, many of each.
const nastyBytes = fc
  .array(
    fc.constantFrom(0x61, 0x0a, 0x0d, 0x80, 0x8d, 0xbf, 0xc2, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0xff, 0xef, 0xbb),
    {
      minLength: 1,
      maxLength: 24,
    },
  )
  .map((numbers) => Uint8Array.from(numbers));

describe("pagesOf", () => {
  it("counts a page for every 50000 bytes that have begun, and one for nothing", () => {
    expect([0, 1, PAGE_BYTES, PAGE_BYTES + 1, 64 * 2 ** 20].map(pagesOf)).toEqual([1, 1, 1, 2, 1343]);
  });
});

describe("cutBefore", () => {
  it("cuts behind the last end of a line", () => {
    expect([cut("a\nbc", "d\n"), cut("a\n", "b"), cut("a\r\nb", "c"), cut("\n", "\n")]).toEqual([
      "bcd\n",
      "b",
      "bc",
      "\n",
    ]);
  });

  it("cuts a line that is too long where it stands, but no character and no end of a line in two", () => {
    const long = "x".repeat(LOOK_BACK);
    expect([cut(`\n${long}`, "yz"), cut(`\n${long.slice(1)}`, "yz")]).toEqual(["yz", `${long.slice(1)}yz`]);
    expect(cut("a\r", "\nb")).toBe("\r\nb");
    const bytes = Buffer.from("a€b");
    expect([1, 2, 3, 4].map((at) => bytes.subarray(cutBefore(bytes, at)).toString())).toEqual(["€b", "€b", "€b", "b"]);
  });

  it("does not cut a joiner from what it joins, nor a selector from its sign", () => {
    expect([cut("x👩", "\u200d🚀"), cut("x👩\u200d", "🚀"), cut("x❤", "\ufe0fy"), cut("x❤\ufe0f", "y")]).toEqual([
      "👩\u200d🚀",
      "👩\u200d🚀",
      "❤\ufe0fy",
      "❤\ufe0fy",
    ]);
    expect(cut("👩\u200d🚀", "x")).toBe("x");
    expect(cut(`x${"\u200d".repeat(100)}`, "y")).toHaveLength(33);
  });

  it("gives the same characters as the whole text, whatever the bytes", () => {
    fc.assert(
      fc.property(nastyBytes, fc.nat(), (bytes, number) => {
        const at = cutBefore(bytes, 1 + (number % bytes.length));
        expect(text(bytes.subarray(0, at)) + text(bytes.subarray(at))).toBe(text(bytes));
      }),
      { numRuns: 5000 },
    );
  });
});

describe("characterStart", () => {
  it("goes back to the first byte of a character, and over no more than three that follow one", () => {
    expect([0, 1, 2, 3].map((at) => characterStart(Buffer.from("😀"), at))).toEqual([0, 0, 0, 0]);
    expect(characterStart(Buffer.from([0x61, 0x80, 0x80, 0x80, 0x80]), 4)).toBe(4);
  });
});
