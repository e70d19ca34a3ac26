import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { removeOrphans } from "../../src/release/remove-orphans.js";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "awspipe-orphans-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (...files: readonly string[]): void => {
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
};

it("removes programs and types whose source is gone, and nothing that the build made of data", () => {
  write("src/a.ts", "src/b/c.ts", "dist/a.js", "dist/a.d.ts", "dist/b/c.js", "dist/grammar/x.json", "dist/build.json");
  write("dist/gone.js", "dist/gone.d.ts", "dist/b/gone.js");
  expect(removeOrphans(join(root, "dist"), join(root, "src"))).toEqual(["b/gone.js", "gone.d.ts", "gone.js"]);
  expect(readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" }).sort()).toEqual([
    "a.d.ts",
    "a.js",
    "b",
    "b/c.js",
    "build.json",
    "grammar",
    "grammar/x.json",
  ]);
});

it("removes nothing where there are no sources", () => {
  write("dist/a.js");
  expect(() => removeOrphans(join(root, "dist"), join(root, "src"))).toThrow("ENOENT");
  expect(readdirSync(join(root, "dist"))).toEqual(["a.js"]);
});
