import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keptResult } from "../src/kept-result.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ABOUT = { owner: "local", at: 5, command: "aws s3 ls" };
const kept = (content: string, bytes = 3) => {
  const spool = join(folder, "0a");
  writeFileSync(spool, content);
  return keptResult({ spool, bytes, dropped: { bytes: 3, exact: true } }, ABOUT);
};

describe("keptResult", () => {
  it("says what the file holds", () => {
    expect(kept('\n  {"a": 1}')).toEqual({
      ...ABOUT,
      id: "0a",
      path: join(folder, "0a"),
      bytes: 11,
      inode: String(statSync(join(folder, "0a"), { bigint: true }).ino),
      exact: true,
      json: true,
      from: 0,
    });
  });

  it("is read on from the beginning of the line that was cut, where that is near", () => {
    expect(kept("one\ntwo\nthree\n", 13)?.from).toBe(8);
    expect(kept("one\ntwo\nthree\n", 11)?.from).toBe(8);
    expect(kept("a".repeat(9000), 8003)?.from).toBe(8000);
  });

  it("tells JSON by its first character", () => {
    expect(["[1]", "{", " \t\r\n[", "", "1", "a{", "\ufeff{", '"x"'].map((text) => kept(text)?.json)).toEqual([
      ...[true, true, true],
      ...[false, false, false, false, false],
    ]);
  });

  it("is none without a file, or where that is gone or something else by now", () => {
    const cut = { bytes: 4, dropped: { bytes: 3, exact: false } };
    expect(keptResult({ spool: undefined, ...cut }, ABOUT)).toBeUndefined();
    expect(keptResult({ spool: join(folder, "gone"), ...cut }, ABOUT)).toBeUndefined();
    symlinkSync("/etc/hostname", join(folder, "link"));
    expect(keptResult({ spool: join(folder, "link"), ...cut }, ABOUT)).toBeUndefined();
    mkdirSync(join(folder, "folder"));
    expect(keptResult({ spool: join(folder, "folder"), ...cut }, ABOUT)).toBeUndefined();
    writeFileSync(join(folder, "half"), "a");
    expect(keptResult({ spool: join(folder, "half"), ...cut }, ABOUT)?.exact).toBe(false);
  });
});
