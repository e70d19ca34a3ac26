import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitLines } from "./logs.js";

const texts = async (bytes: Uint8Array, size: number) =>
  (await splitLines(bytes, size)).map(({ bytes: line, isEnded }) => [line.toString("latin1"), isEnded]);

describe("fileLines", () => {
  it("gives the lines of a file, whatever the chunks, and says whether the last one is ended", async () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom("a", "\r", " ", "é"), maxLength: 20 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), fc.integer({ min: 1, max: 30 }), async (drawn, isEnded, size) => {
        const last = drawn.at(-1);
        if (!isEnded && (last === undefined || last === "")) return;
        const file = Buffer.from(drawn.join("\n") + (isEnded && drawn.length > 0 ? "\n" : ""));
        const found = await texts(file, size);
        const text = (line: string): string => Buffer.from(line).toString("latin1");
        expect(found).toEqual(drawn.map((line, at) => [text(line), isEnded || at < drawn.length - 1]));
      }),
    );
  });

  it("keeps of a line that is too long its beginning and its end", async () => {
    const long = Buffer.concat([Buffer.from("begin"), Buffer.alloc(1_000_000, "x"), Buffer.from("end")]);
    const [line, next] = await splitLines(Buffer.concat([long, Buffer.from("\nnext\n")]), 4096);
    expect(line?.bytes.length).toBe(65_536 + 256);
    expect(line?.bytes.toString()).toMatch(/^beginx+end$/);
    expect(next).toEqual({ bytes: Buffer.from("next"), isEnded: true });
  });
});
