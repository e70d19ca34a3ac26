import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
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

const isResult = (name: string): boolean => /^[0-9a-f]{32}$/.test(name);

const fill = (folder: string): void => {
  mkdirSync(folder, { mode: 0o700 });
  for (const name of Object.values(NAMES)) {
    writeFileSync(join(folder, name), "x");
    const at = name === NAMES.young ? 2000 : 1000;
    utimesSync(join(folder, name), at, at);
  }
};

describe("removeStale", () => {
  it("removes what is meant and of before the moment, and nothing else", async () => {
    fill(join(root, "@result"));
    await removeStale(join(root, "@result"), 1_500_000, isResult);
    expect(readdirSync(join(root, "@result")).sort()).toEqual([NAMES.young, NAMES.longer, NAMES.other].sort());
  });

  it("touches nothing behind a link, and makes nothing of a folder that is not there", async () => {
    fill(join(root, "other"));
    symlinkSync(join(root, "other"), join(root, "@result"));
    await removeStale(join(root, "@result"), 1_500_000, isResult);
    await removeStale(join(root, "gone"), 1_500_000, isResult);
    expect(readdirSync(join(root, "other")).length).toBe(4);
    expect(readdirSync(root).sort()).toEqual(["@result", "other"]);
  });

  it("goes on behind what it cannot remove", async () => {
    mkdirSync(join(root, "a".repeat(32)), { recursive: true });
    writeFileSync(join(root, "b".repeat(32)), "x");
    await removeStale(root, Date.now() + 60_000, isResult);
    expect(readdirSync(root)).toEqual(["a".repeat(32)]);
  });

  it("removes nothing where others may write", async () => {
    fill(join(root, "@result"));
    chmodSync(join(root, "@result"), 0o777);
    await removeStale(join(root, "@result"), 1_500_000, isResult);
    expect(readdirSync(join(root, "@result")).length).toBe(4);
  });
});
