import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
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
  return { id, path, owner: "local", bytes: 10, exact: true, json: false, at: 0, command: "aws s3 ls", ...about };
};
const store = (files: number, bytes = 1000) => createKeptResults({ workspace, now: () => 0, bounds: { files, bytes } });
const ids = (results: readonly KeptResult[]): string => results.map(({ id }) => id).join("");

describe("createKeptResults", () => {
  it("lists the newest first, and removes the oldest and their files beyond the bound", () => {
    const results = store(3);
    results.keep([make("a"), make("b")]);
    results.keep([make("c")]);
    expect(ids(results.list("local"))).toBe("cba");
    results.keep([make("d"), make("e")]);
    expect([ids(results.list("local")), readdirSync(folder).join("")]).toEqual(["edc", "cde"]);
    expect([results.get("a", "local"), results.get("e", "local")?.id]).toEqual([undefined, "e"]);
  });

  it("counts bytes as well", () => {
    const results = store(10, 25);
    results.keep([make("a")]);
    results.keep([make("b")]);
    results.keep([make("c", { bytes: 15 })]);
    expect([ids(results.list("local")), readdirSync(folder).join("")]).toEqual(["cb", "bc"]);
  });

  it("removes none of the answer that it is given, however many they are", () => {
    const results = store(2, 25);
    results.keep([make("a")]);
    results.keep(["b", "c", "d", "e"].map((id) => make(id)));
    expect([ids(results.list("local")), readdirSync(folder).join("")]).toEqual(["edcb", "bcde"]);
    results.keep([make("f")]);
    expect(ids(results.list("local"))).toBe("fe");
  });

  it("keeps principals apart: nobody sees another's, and nobody pushes them out", () => {
    const results = store(2);
    results.keep([make("a", { owner: "alice" })]);
    for (const id of ["b", "c", "d"]) results.keep([make(id, { owner: "bob" })]);
    expect([ids(results.list("alice")), ids(results.list("bob")), ids(results.list("local"))]).toEqual(["a", "dc", ""]);
    expect([results.get("a", "bob"), results.get("a", "alice")?.id]).toEqual([undefined, "a"]);
    expect([results.get("__proto__", "bob"), results.get("", "bob")]).toEqual([undefined, undefined]);
  });

  it("tells those who listen for the owner, until they stop", () => {
    const results = store(2);
    const heard: string[] = [];
    const stop = results.onChange("alice", () => heard.push("one"));
    results.onChange("alice", () => heard.push("two"));
    results.onChange("bob", () => heard.push("bob"));
    results.keep([make("a", { owner: "alice" }), make("b", { owner: "alice" })]);
    stop();
    results.keep([make("c", { owner: "alice" })]);
    results.keep([]);
    expect(heard).toEqual(["one", "two", "two"]);
  });

  it("minds no file that is gone already", () => {
    const results = store(1);
    results.keep([make("a")]);
    rmSync(join(folder, "a"));
    results.keep([make("b")]);
    expect(ids(results.list("local"))).toBe("b");
  });

  it("holds 128 of a principal, and a GiB", () => {
    const results = createKeptResults({ workspace, now: () => 0 });
    for (let count = 0; count < 140; count += 1) results.keep([make(`n${count}`)]);
    expect([results.list("local").length, readdirSync(folder).length]).toEqual([128, 128]);
    results.keep([make("large", { bytes: 2 ** 30 - 10 })]);
    expect(results.list("local").map(({ id }) => id)).toEqual(["large", "n139"]);
  });

  it("removes what an earlier server has left a day ago, and nothing younger", () => {
    const [old, young] = ["0".repeat(32), "1".repeat(32)];
    for (const id of [old, young]) make(id);
    const day = 86_400;
    utimesSync(join(folder, old), day, day);
    utimesSync(join(folder, young), day + 2, day + 2);
    createKeptResults({ workspace, now: () => (2 * day + 1) * 1000 });
    expect(readdirSync(folder)).toEqual([young]);
  });

  it("makes no folder", () => {
    rmSync(folder, { recursive: true });
    store(1);
    expect(existsSync(folder)).toBe(false);
  });
});
