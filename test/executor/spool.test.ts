import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { spool } from "../../src/executor/spool.js";
import { descriptors } from "./leftovers.js";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  path = join(folder, "output.txt");
});

afterEach(() => rmSync(folder, { recursive: true }));

const bytes = (text: string): Buffer => Buffer.from(text);

describe("spool", () => {
  it("takes as many bytes as it may hold, and says when there are more", () => {
    const before = descriptors();
    const file = spool(path, 5);
    expect([file.write(bytes("abc")), file.write(bytes("de")), file.write(bytes("f"))]).toEqual([true, true, false]);
    expect(file.close()).toBe(path);
    expect(readFileSync(path, "utf8")).toBe("abcde");
    expect(descriptors()).toEqual(before);
  });

  it("makes no file for nothing", () => {
    const file = spool(path, 0);
    expect([file.write(bytes("a")), file.close(), existsSync(path)]).toEqual([false, undefined, false]);
  });

  it("touches neither a file of that name nor what a link of that name leads to", () => {
    const other = join(folder, "other.txt");
    writeFileSync(other, "mine");
    for (const prepare of [() => writeFileSync(path, "mine"), () => symlinkSync(other, path)]) {
      prepare();
      const file = spool(path, 100);
      expect([file.write(bytes("abc")), file.close(), readFileSync(path, "utf8")]).toEqual([true, undefined, "mine"]);
      rmSync(path);
    }
    expect(readFileSync(other, "utf8")).toBe("mine");
  });

  it("counts on without a file on a full disk", () => {
    const before = descriptors();
    // Linux's /dev/full takes no byte; it exists already, so that opening it is refused here like a full directory.
    const file = spool("/dev/full", 5);
    expect([file.write(bytes("abc")), file.write(bytes("def")), file.close()]).toEqual([true, false, undefined]);
    expect(existsSync("/dev/full")).toBe(true);
    expect(descriptors()).toEqual(before);
  });

  it("removes what it could not finish", () => {
    const before = descriptors();
    const file = spool(path, 100);
    expect(file.write(bytes("abc"))).toBe(true);
    const broken = { length: 4, subarray: () => broken } as unknown as Buffer;
    // The cast hands writeSync something that it refuses, as it would refuse a byte on a full disk.
    expect([file.write(broken), file.write(bytes("x")), file.close(), existsSync(path)]).toEqual([
      true,
      true,
      undefined,
      false,
    ]);
    expect(descriptors()).toEqual(before);
  });
});
