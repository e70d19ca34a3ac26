import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listTree } from "../../src/executor/list-tree.js";
import { isPartName, partName } from "../../src/executor/part-name.js";

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  for (const folder of ["@result/.records", "reports"]) mkdirSync(join(workspace, folder), { recursive: true });
  for (const name of ["@result/0a", "@result/.records/0a.json", "reports/a.csv"]) put(name);
});
afterEach(() => rmSync(workspace, { recursive: true }));

const put = (name: string): void => writeFileSync(join(workspace, name), "x");
const list = (...names: readonly string[]) => listTree(workspace, names, { entries: 10, depth: 3, bytes: 100 });
const codeOf = async (listing: ReturnType<typeof list>): Promise<string> => {
  const listed = await listing;
  return listed.ok ? "listed" : listed.error.code;
};

describe("listTree", () => {
  it("has kept results only where it begins in their folder, and nothing that is written down of them", async () => {
    expect(await list()).toEqual({
      ok: true,
      value: [
        { names: [], files: [] },
        { names: ["reports"], files: ["a.csv"] },
      ],
    });
    expect(await list("@result")).toEqual({ ok: true, value: [{ names: ["@result"], files: ["0a"] }] });
  });

  it("does not see what another server is bringing in, or has left half when it was killed", async () => {
    put(partName());
    put(join("reports", partName()));
    expect(await codeOf(list())).toBe("listed");
    expect(await list("reports")).toEqual({ ok: true, value: [{ names: ["reports"], files: ["a.csv"] }] });
  });

  it("is refused for other names that begin with a dot", async () => {
    mkdirSync(join(workspace, "reports", ".records"));
    expect(await codeOf(list("reports"))).toBe("file-not-regular");
    rmSync(join(workspace, "reports", ".records"), { recursive: true });
    put("reports/.awspipe-x");
    expect(await codeOf(list("reports"))).toBe("file-not-regular");
  });
});

describe("isPartName", () => {
  it("knows the names that are made, and no other", () => {
    for (let count = 0; count < 100; count += 1) expect(isPartName(partName())).toBe(true);
    for (const name of ["", ".awspipe-", ".awspipe-short", "awspipe-abcdefghijkl", ".awspipe-abcdefghijkl.txt"])
      expect([name, isPartName(name)]).toEqual([name, false]);
  });
});
