import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KeptResult } from "../src/kept-result.js";
import { createKeptResults } from "../src/kept-results.js";

let workspace: string;
let folder: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  folder = join(workspace, "@result");
  mkdirSync(folder, { mode: 0o700 });
});
afterEach(() => rmSync(workspace, { recursive: true }));

const make = (id: string, about: Partial<KeptResult> = {}): KeptResult => {
  const path = join(folder, id);
  writeFileSync(path, "x");
  return {
    ...{ id, path, owner: "local", bytes: 10, inode: "1", exact: true, json: false, at: 0, command: "aws s3 ls" },
    ...about,
  };
};
const store = (files: number, bytes = 1000) =>
  createKeptResults({ workspace, now: () => 0, lasting: false, bounds: { files, bytes } });
const ids = async (results: Promise<readonly KeptResult[]>): Promise<string> =>
  (await results).map(({ id }) => id).join("");

describe("createKeptResults, at a workspace of its own", () => {
  it("lists the newest first, and removes the oldest and their files beyond the bound", async () => {
    const results = store(3);
    await results.keep([make("a"), make("b")]);
    await results.keep([make("c")]);
    expect(await ids(results.list("local"))).toBe("cba");
    await results.keep([make("d"), make("e")]);
    expect([await ids(results.list("local")), readdirSync(folder).join("")]).toEqual(["edc", "cde"]);
    expect([await results.get("a", "local"), (await results.get("e", "local"))?.id]).toEqual([undefined, "e"]);
  });

  it("counts bytes as well", async () => {
    const results = store(10, 25);
    await results.keep([make("a")]);
    await results.keep([make("b")]);
    await results.keep([make("c", { bytes: 15 })]);
    expect([await ids(results.list("local")), readdirSync(folder).join("")]).toEqual(["cb", "bc"]);
  });

  it("removes none of the answer that it is given, however many they are", async () => {
    const results = store(2, 25);
    await results.keep([make("a")]);
    await results.keep(["b", "c", "d", "e"].map((id) => make(id)));
    expect([await ids(results.list("local")), readdirSync(folder).join("")]).toEqual(["edcb", "bcde"]);
    await results.keep([make("f")]);
    expect(await ids(results.list("local"))).toBe("fe");
  });

  it("keeps principals apart: nobody sees another's, and nobody pushes them out", async () => {
    const results = store(2);
    await results.keep([make("a", { owner: "alice" })]);
    for (const id of ["b", "c", "d"]) await results.keep([make(id, { owner: "bob" })]);
    expect([
      await ids(results.list("alice")),
      await ids(results.list("bob")),
      await ids(results.list("local")),
    ]).toEqual(["a", "dc", ""]);
    expect([await results.get("a", "bob"), (await results.get("a", "alice"))?.id]).toEqual([undefined, "a"]);
    expect([await results.get("__proto__", "bob"), await results.get("", "bob")]).toEqual([undefined, undefined]);
  });

  it("tells those who listen for the owner, until they stop", async () => {
    const results = store(2);
    const heard: string[] = [];
    const stop = results.onChange("alice", () => heard.push("one"));
    results.onChange("alice", () => heard.push("two"));
    results.onChange("bob", () => heard.push("bob"));
    await results.keep([make("a", { owner: "alice" }), make("b", { owner: "alice" })]);
    stop();
    await results.keep([make("c", { owner: "alice" })]);
    await results.keep([]);
    expect(heard).toEqual(["one", "two", "two"]);
  });

  it("minds no file that is gone already", async () => {
    const results = store(1);
    await results.keep([make("a")]);
    rmSync(join(folder, "a"));
    await results.keep([make("b")]);
    expect(await ids(results.list("local"))).toBe("b");
  });

  it("holds 128 of a principal, and a GiB", async () => {
    const results = createKeptResults({ workspace, now: () => 0, lasting: false, sizeOf: async () => 2 ** 40 });
    for (let count = 0; count < 140; count += 1) await results.keep([make(`n${count}`)]);
    expect([(await results.list("local")).length, readdirSync(folder).length]).toEqual([128, 128]);
    await results.keep([make("large", { bytes: 2 ** 30 - 10 })]);
    expect((await results.list("local")).map(({ id }) => id)).toEqual(["large", "n139"]);
  });

  it("holds a quarter of the file system of a principal where that is less, as it is at that moment", async () => {
    const asked: string[] = [];
    const system = { size: 400 };
    const sizeOf = async (path: string) => {
      asked.push(path);
      return system.size;
    };
    const results = createKeptResults({ workspace, now: () => 0, lasting: false, sizeOf });
    for (const id of ["a", "b", "c"]) await results.keep([make(id, { bytes: 50 })]);
    expect([await ids(results.list("local")), readdirSync(folder).join("")]).toEqual(["cb", "bc"]);
    system.size = 800;
    await results.keep([make("d", { bytes: 100 })]);
    expect(await ids(results.list("local"))).toBe("dcb");
    expect(new Set(asked)).toEqual(new Set([workspace]));
  });

  it("writes nothing down, and makes no folder", async () => {
    const results = store(1);
    await results.keep([make("a".repeat(32))]);
    expect(readdirSync(folder)).toEqual(["a".repeat(32)]);
    rmSync(folder, { recursive: true });
    await results.keep([]);
    expect([await results.list("alice"), existsSync(folder)]).toEqual([[], false]);
  });
});
