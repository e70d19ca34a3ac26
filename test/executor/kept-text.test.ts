import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keptText } from "../../src/executor/kept-text.js";

const decoded = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

const feed = (characters: number, chunks: readonly Uint8Array[]) => {
  const kept = keptText(characters);
  const fits = chunks.map((chunk) => kept.add(Buffer.from(chunk))).every(Boolean);
  return { fits, ...kept.finish() };
};

// Whole characters, their halves, and bytes that are none.
const piece = fc.oneof(
  fc.string({ unit: "binary" }).map((text) => new Uint8Array(Buffer.from(text))),
  fc.constantFrom("é", "€", "😀", "\ufeff").map((text) => new Uint8Array(Buffer.from(text).subarray(0, -1))),
  fc.uint8Array({ maxLength: 8 }),
);

describe("keptText", () => {
  it("keeps everything that fits, byte order mark and broken characters too", () => {
    expect(feed(4, [Buffer.from("\ufeffab"), Buffer.from([0xe2, 0x82])])).toEqual({
      fits: true,
      text: "\ufeffab\ufffd",
      bytes: 7,
    });
  });

  it("stops before a character that does not fit whole", () => {
    expect(feed(2, [Buffer.from("a😀b")])).toEqual({ fits: false, text: "a", bytes: 1 });
  });

  it("keeps as much as fits of any bytes in any chunks, and says how many bytes that were", () => {
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 30 }), (chunks, characters) => {
        const all = Buffer.concat(chunks);
        const { fits, text, bytes } = feed(characters, chunks);
        const whole = decoded(all);
        expect(text).toBe(decoded(all.subarray(0, bytes)));
        expect(whole.startsWith(text)).toBe(true);
        expect(text.length).toBeLessThanOrEqual(characters);
        if (whole.length <= characters) expect({ fits, bytes }).toEqual({ fits: true, bytes: all.length });
        else expect(text.length).toBeGreaterThanOrEqual(characters - 1);
      }),
      { numRuns: 20_000 },
    );
  });
});
