import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeStale } from "../../src/executor/remove-stale.js";

const NAMES = { old: "0".repeat(32), young: "1".repeat(32), other: "notes.txt", longer: "2".repeat(33) };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "awspipe-test-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const fill = (folder: string): void => {
  mkdirSync(folder, { mode: 0o700 });
  for (const name of Object.values(NAMES)) {
    writeFileSync(join(folder, name), "x");
    const at = name === NAMES.young ? 2000 : 1000;
    utimesSync(join(folder, name), at, at);
  }
};

describe("removeStale", () => {
  it("removes results of before the moment, and nothing that is no result", () => {
    fill(join(root, "@result"));
    removeStale(join(root, "@result"), 1_500_000);
    expect(readdirSync(join(root, "@result")).sort()).toEqual([NAMES.young, NAMES.longer, NAMES.other].sort());
  });

  it("touches nothing behind a link, and makes nothing of a folder that is not there", () => {
    fill(join(root, "other"));
    symlinkSync(join(root, "other"), join(root, "@result"));
    removeStale(join(root, "@result"), 1_500_000);
    removeStale(join(root, "gone"), 1_500_000);
    expect(readdirSync(join(root, "other")).length).toBe(4);
    expect(readdirSync(root).sort()).toEqual(["@result", "other"]);
  });

  it("goes on behind what it cannot remove", () => {
    mkdirSync(join(root, "a".repeat(32)), { recursive: true });
    writeFileSync(join(root, "b".repeat(32)), "x");
    removeStale(root, Date.now() + 60_000);
    expect(readdirSync(root)).toEqual(["a".repeat(32)]);
  });
});
