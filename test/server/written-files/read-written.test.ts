import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readWritten } from "../../../src/server/written-files/read-written.js";

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), "awspipe-test-"));
  mkdirSync(join(workspace, "out"));
});
afterEach(() => rmSync(workspace, { recursive: true }));

const read = (content: string | Uint8Array, most = 10) => {
  writeFileSync(join(workspace, "out", "a.txt"), content);
  return readWritten(workspace, "out/a.txt", most);
};

describe("readWritten", () => {
  it("gives the text of a file that is short enough, with a byte order mark where it has one", async () => {
    expect(await read("a €\n")).toEqual({ kind: "text", text: "a €\n", bytes: 6 });
    expect(await read("\ufeffa")).toEqual({ kind: "text", text: "\ufeffa", bytes: 4 });
    expect(await read("")).toEqual({ kind: "text", text: "", bytes: 0 });
  });

  it("counts characters as answers do", async () => {
    expect((await read("€".repeat(10)))?.kind).toBe("text");
    expect((await read("€".repeat(11)))?.kind).toBe("too-long");
    expect((await read("x".repeat(11)))?.kind).toBe("too-long");
    expect(await read("x".repeat(100))).toEqual({ kind: "too-long", bytes: 100 });
    expect((await read("x", 0))?.kind).toBe("too-long");
  });

  it("takes for text only what is UTF-8 without NUL", async () => {
    for (const bytes of [[0xff, 0x41], [0x41, 0x00], [0xc3], [0xed, 0xa0, 0x80]])
      expect([bytes, await read(Uint8Array.from(bytes))]).toEqual([bytes, { kind: "no-text", bytes: bytes.length }]);
  });

  it("reads no link, no folder, nothing of several names, and nothing that is gone", async () => {
    symlinkSync("/etc/hostname", join(workspace, "link"));
    symlinkSync(join(workspace, "out"), join(workspace, "folder"));
    writeFileSync(join(workspace, "out", "one"), "x");
    linkSync(join(workspace, "out", "one"), join(workspace, "two"));
    for (const name of ["link", "folder/one", "two", "out", "gone", "gone/x"])
      expect([name, await readWritten(workspace, name, 100)]).toEqual([name, undefined]);
  });
});
