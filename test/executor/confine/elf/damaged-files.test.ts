import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { libraryCache } from "../../../../src/executor/confine/elf/library-cache.js";
import { programFiles } from "../../../../src/executor/confine/elf/program-files.js";
import { writeCache } from "./write-cache.js";
import { elfBytes } from "./write-elf.js";

// Real files, with any bytes changed and any end cut off: there is an answer, always, and soon.

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "awspipe-elf-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

const SOON = 3000;

const timed = <T>(action: () => T): T => {
  const start = performance.now();
  const result = action();
  expect(performance.now() - start).toBeLessThan(SOON);
  return result;
};

/** Words that are most likely to mean something else: none, all, a little more than the file has. */
const words = (size: number) =>
  fc.oneof(
    fc.constantFrom(
      0n,
      1n,
      2n,
      0xffffffffffffffffn,
      0x7fffffffffffffffn,
      0x20000000000000n,
      BigInt(size),
      BigInt(size - 1),
    ),
    fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
    fc.bigInt({ min: 0n, max: BigInt(size * 2) }),
  );

const changes = (content: Buffer, where: number) =>
  fc.record({
    cut: fc.oneof({ weight: 4, arbitrary: fc.constant(content.length) }, fc.nat({ max: content.length })),
    words: fc.array(fc.record({ at: fc.nat({ max: where - 8 }), value: words(content.length) }), { maxLength: 6 }),
  });

const changed = (content: Buffer, { cut, words: list }: { cut: number; words: { at: number; value: bigint }[] }) => {
  const copy = Buffer.from(content);
  for (const { at, value } of list) copy.writeBigUInt64LE(value, at);
  return copy.subarray(0, cut);
};

const program = ["/usr/bin/true", "/bin/true"].find((path) => existsSync(path)) ?? process.execPath;

describe("programFiles", () => {
  const made = elfBytes({ interpreter: program, needed: ["liba.so", "libb.so"], runpath: "$ORIGIN/$LIB", soname: "x" });

  it.each([
    ["a program of this machine", () => readFileSync(program), 1024],
    ["a program of the tests", () => made, made.length],
  ] as const)("answers to %s with any changes", (_, read, where) => {
    const content = read();
    const path = join(directory, "program");
    const answers = new Set<string>();
    fc.assert(
      fc.property(changes(content, where), (each) => {
        writeFileSync(path, changed(content, each));
        const files = timed(() => programFiles(path));
        answers.add(files.ok ? files.value.kind : files.error.code);
      }),
      { numRuns: 400 },
    );
    expect([...answers]).toEqual(expect.arrayContaining(["program-damaged", "program-foreign"]));
  });
});

describe("libraryCache", () => {
  it("answers from a cache with any changes", () => {
    const path = join(directory, "cache");
    const names = Array.from({ length: 20 }, (_, index) => `lib${index}.so`);
    for (const old of [true, false]) {
      writeCache(
        path,
        names.map((name) => ({ flags: 0x303, name, value: `/lib/${name}` })),
        old,
      );
      const content = readFileSync(path);
      expect(names.map((name) => libraryCache(path)(name, "x64"))).toEqual(names.map((name) => [`/lib/${name}`]));
      fc.assert(
        fc.property(changes(content, content.length), (each) => {
          writeFileSync(path, changed(content, each));
          timed(() => names.map((name) => libraryCache(path)(name, "x64")));
        }),
        { numRuns: 200 },
      );
    }
  });
});
