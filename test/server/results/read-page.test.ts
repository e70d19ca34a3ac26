import { appendFileSync, linkSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KeptResult } from "../../../src/kept-result.js";
import { PAGE_BYTES, pagesOf } from "../../../src/server/results/page-bounds.js";
import { presentPart } from "../../../src/server/results/presentation.js";
import { AROUND, readPage } from "../../../src/server/results/read-page.js";
import { plainPresentation } from "./plain-presentation.js";
import { type ResultFiles, resultFiles } from "./result-files.js";

let files: ResultFiles;
beforeEach(() => {
  files = resultFiles();
});
afterEach(() => files.remove());

const page = (result: KeptResult, number: number) => readPage(result, number, plainPresentation);

const allPages = async (result: KeptResult): Promise<readonly string[]> => {
  const texts: string[] = [];
  for (let number = 1; number <= pagesOf(result.bytes); number += 1)
    texts.push((await page(result, number))?.text ?? "gone");
  return texts;
};

const whole = (content: string | Uint8Array): Promise<string> => {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.from(content));
  return presentPart(text, { start: 0, end: text.length }, plainPresentation);
};

describe("readPage", () => {
  it("cuts at the ends of lines, and says which bytes it shows", async () => {
    const line = `${"0123456789".repeat(9)}abcdefg\r\n`;
    const result = files.put(line.repeat(1200));
    const pages = await Promise.all([1, 2, 3].map((number) => page(result, number)));
    expect(pages.map((each) => [each?.start, each?.end])).toEqual([
      [0, 49_995],
      [49_995, 99_990],
      [99_990, 118_800],
    ]);
    expect(pages.map((each) => each?.text).join("")).toBe(line.replace("\r", "").repeat(1200));
  });

  it("hides a secret that stands across a border on one page, and leaves nothing of it on the other", async () => {
    for (const length of [40, 5000, AROUND - 100]) {
      const secret = `SECRET{${"k".repeat(length)}}`;
      for (const before of [0, 1, 7, length >> 1, secret.length - 1, secret.length]) {
        const filler = "x".repeat(PAGE_BYTES - before);
        const [one, other, ...more] = await allPages(files.put(`${filler}${secret}${"y".repeat(60_000)}`));
        expect([one, other, ...more].join("")).toBe(`${filler}[hidden: test]${"y".repeat(60_000)}`);
        expect(`${one}${other}`).not.toContain("k");
      }
    }
  });

  it("gives the whole text as it is shown, page by page, whatever the file", async () => {
    const part = fc.oneof(
      fc.constantFrom("\n", "\r\n", "\r", "€", "😀", "\u001b[1m", "\ufeff", "SECRET{", "}", "\u0000").map(Buffer.from),
      fc.integer({ min: 1, max: 300 }).map((length) => Buffer.from(`SECRET{${"s".repeat(length * 50)}}`)),
      fc.integer({ min: 1, max: 30_000 }).map((length) => Buffer.from("a".repeat(length))),
      fc.integer({ min: 1, max: 12_000 }).map((length) => Buffer.from("€".repeat(length))),
      fc.integer({ min: 1, max: 4000 }).map((length) => Buffer.from("👩\u200d🚀❤\ufe0fक्\u200dष".repeat(length))),
      fc.integer({ min: 1, max: 1000 }).map((length) => Buffer.from(`${"line ".repeat(3)}\r\n`.repeat(length))),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    );
    // What is longer than what lies around a page is no secret here.
    const isPlain = (bytes: Buffer) => !/SECRET\{[^}]{15100}/.test(bytes.toString("latin1"));
    const content = fc
      .array(part, { minLength: 6, maxLength: 40 })
      .map((parts) => Buffer.concat(parts))
      .filter(isPlain);
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        const result = files.put(bytes);
        const pages = await allPages(result);
        expect(pages.join("") === (await whole(bytes))).toBe(true);
        expect(pages).not.toContain("gone");
        rmSync(result.path);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it("reads one page of one line of 60 MiB, and not the others", async () => {
    const bytes = Buffer.alloc(60 * 2 ** 20, "€");
    const result = files.put(bytes);
    const started = performance.now();
    const last = pagesOf(result.bytes);
    const [first, other] = [await page(result, 1), await page(result, last)];
    expect(performance.now() - started).toBeLessThan(1000);
    expect([first?.text, first?.start, first?.end]).toEqual(["€".repeat(16_666), 0, 49_998]);
    expect(other?.end).toBe(bytes.length);
    expect(other?.text).toMatch(/^€+$/);
  });

  it("shows what was kept, whatever was added since", async () => {
    const result = files.put("a\n".repeat(40_000));
    appendFileSync(result.path, "more\n".repeat(40_000));
    expect((await page(result, 2))?.end).toBe(80_000);
    expect((await allPages(result)).join("")).toBe("a\n".repeat(40_000));
  });

  it("gives nothing of a file that is gone, shorter, another one, a link, or of several names", async () => {
    const spoil: readonly ((result: KeptResult) => void)[] = [
      ({ path }) => rmSync(path),
      ({ path }) => truncateSync(path, 10),
      ({ path, bytes }) => truncateSync(path, bytes - 1),
      ({ path }) => {
        writeFileSync(`${path}x`, "b\n".repeat(100_000));
        renameSync(`${path}x`, path);
      },
      ({ path }) => {
        renameSync(path, `${path}x`);
        symlinkSync(`${path}x`, path);
      },
      ({ path }) => linkSync(path, `${path}y`),
      ({ path }) => {
        renameSync(join(path, ".."), join(files.workspace, "other"));
        symlinkSync(join(files.workspace, "other"), join(path, ".."));
      },
    ];
    for (const each of spoil) {
      const result = files.put("a\n".repeat(100_000));
      expect(await page(result, 1)).toBeDefined();
      each(result);
      expect(await page(result, 1)).toBeUndefined();
    }
  });

  it("shows an empty file", async () => {
    const result = files.put("");
    writeFileSync(result.path, "");
    expect(await page(result, 1)).toEqual({ text: "", start: 0, end: 0 });
  });
});
