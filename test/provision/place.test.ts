import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isPlaced, place } from "./place.js";

let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "awspipe-place-"));
});
afterEach(() => rmSync(parent, { recursive: true }));

const writing = (text: string) => async (draft: string) => writeFileSync(join(draft, "file"), text);
const read = (folder: string) => readFileSync(join(folder, "file"), "utf8");

test("a folder is placed whole, and only for its own recipe", async () => {
  const folder = join(parent, "deep", "er", "folder");
  await place(folder, "1", writing("one"));
  expect([isPlaced(folder, "1"), isPlaced(folder, "2"), read(folder)]).toEqual([true, false, "one"]);
});

test("another recipe takes the place of the old one", async () => {
  const folder = join(parent, "folder");
  await place(folder, "1", writing("one"));
  await place(folder, "2", writing("two"));
  expect([isPlaced(folder, "2"), read(folder)]).toEqual([true, "two"]);
});

test("two callers at once both find it there, and no draft is left", async () => {
  const folder = join(parent, "folder");
  await Promise.all([place(folder, "1", writing("one")), place(folder, "1", writing("one"))]);
  expect([isPlaced(folder, "1"), readdirSync(parent)]).toEqual([true, ["folder"]]);
});

test("a failure leaves nothing behind", async () => {
  const folder = join(parent, "folder");
  const failing = place(folder, "1", async (draft) => {
    await writing("half")(draft);
    throw new Error("stopped");
  });
  await expect(failing).rejects.toThrow("stopped");
  expect([existsSync(folder), readdirSync(parent)]).toEqual([false, []]);
});
