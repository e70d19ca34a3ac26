import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPrivately } from "../../src/executor/create-privately.js";
import { descriptors } from "./leftovers.js";

let root: string;
let folder: string;
let path: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  folder = join(root, "@result");
  path = join(folder, "a");
});

afterEach(() => rmSync(root, { recursive: true }));

const modeOf = (of: string): number => lstatSync(of).mode & 0o777;

describe("createPrivately", () => {
  it("makes the folder and the file for this user alone, and no file twice", () => {
    const before = descriptors();
    closeSync(createPrivately(path));
    expect([modeOf(folder), modeOf(path)]).toEqual([0o700, 0o600]);
    expect(() => createPrivately(path)).toThrow(/EEXIST/);
    closeSync(createPrivately(join(folder, "b")));
    expect(readdirSync(folder)).toEqual(["a", "b"]);
    expect(descriptors()).toEqual(before);
  });

  it("makes no folder for the folder", () => {
    expect(() => createPrivately(join(root, "gone", "@result", "a"))).toThrow(/ENOENT/);
    expect(readdirSync(root)).toEqual([]);
  });

  it("follows no link that stands in the folder's place, or in the file's", () => {
    const other = join(root, "other");
    mkdirSync(other, { mode: 0o700 });
    symlinkSync(other, folder);
    expect(() => createPrivately(path)).toThrow(/ENOTDIR|ELOOP/);
    rmSync(folder);
    mkdirSync(folder, { mode: 0o700 });
    symlinkSync(join(other, "a"), path);
    expect(() => createPrivately(path)).toThrow(/EEXIST|ELOOP/);
    expect(readdirSync(other)).toEqual([]);
  });

  it("takes a file, and a folder that others can write to, for no folder of the server", () => {
    writeFileSync(folder, "mine");
    expect(() => createPrivately(path)).toThrow(/ENOTDIR/);
    rmSync(folder);
    mkdirSync(folder);
    for (const mode of [0o777, 0o770, 0o702]) {
      chmodSync(folder, mode);
      expect(() => createPrivately(path)).toThrow("is not this server's own");
    }
    chmodSync(folder, 0o755);
    closeSync(createPrivately(path));
    expect(existsSync(path)).toBe(true);
  });

  it.runIf(process.getuid?.() !== 0)("takes another user's folder for none of the server", () => {
    expect(() => createPrivately("/proc/a")).toThrow("is not this server's own");
  });
});
