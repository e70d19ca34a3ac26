import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileReason, type UsedFile } from "../../src/executor/file-reason.js";

let workspace: string;

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  mkdirSync(join(workspace, "tree", "inner"), { recursive: true });
  for (const name of ["notes.txt", "tree/a", "tree/inner/b"]) writeFileSync(join(workspace, name), "x");
  symlinkSync("/etc", join(workspace, "way"));
  symlinkSync("notes.txt", join(workspace, "link"));
});

afterEach(() => rmSync(workspace, { recursive: true }));

const codeOf = (name: string, how: UsedFile["how"]): string | undefined =>
  fileReason([{ path: join(workspace, name), how }], workspace)?.code;

describe("fileReason", () => {
  it("finds nothing wrong with plain files, new ones in plain or new folders, and plain trees", () => {
    expect(codeOf("notes.txt", "read")).toBeUndefined();
    for (const name of ["notes.txt", "new.txt", "tree/new.txt", "not/yet/there.txt"])
      expect(codeOf(name, "write")).toBeUndefined();
    for (const name of ["tree", "new", "notes.txt"]) expect(codeOf(name, "folder")).toBeUndefined();
    for (const link of ["way", "link"]) rmSync(join(workspace, link));
    expect(codeOf(".", "folder")).toBeUndefined();
    expect(fileReason([], workspace)).toBeUndefined();
  });

  it("finds links, on the way and at the end, to be read, written or copied into", () => {
    symlinkSync("gone", join(workspace, "dangling"));
    for (const how of ["read", "write", "folder"] as const) {
      expect([how, codeOf("link", how), codeOf("way/passwd", how)]).toEqual([how, "file-outside", "file-outside"]);
      expect(codeOf("dangling", how)).toBe("file-missing");
    }
    expect(codeOf("way/new/file", "write")).toBe("file-outside");
    expect(codeOf("way", "folder")).toBe("file-outside");
  });

  it("finds what is no file, and what is not there", () => {
    execFileSync("/usr/bin/mkfifo", [join(workspace, "pipe")]);
    expect([codeOf("tree", "read"), codeOf("tree", "write"), codeOf("pipe", "read"), codeOf("pipe", "write")]).toEqual(
      Array(4).fill("file-not-regular"),
    );
    expect([codeOf("gone", "read"), codeOf("notes.txt/x", "read"), codeOf("x".repeat(300), "write")]).toEqual(
      Array(3).fill("file-missing"),
    );
  });

  it.each([
    ["a link", (path: string) => symlinkSync("/etc/passwd", path)],
    ["a link to a folder", (path: string) => symlinkSync("/etc", path)],
    ["a file of two names", (path: string) => linkSync(join(workspace, "notes.txt"), path)],
    ["a FIFO", (path: string) => void execFileSync("/usr/bin/mkfifo", [path])],
  ])("finds %s deep inside a tree", (_, make) => {
    make(join(workspace, "tree", "inner", "odd"));
    expect(fileReason([{ path: join(workspace, "tree"), how: "folder" }], workspace)).toEqual({
      code: "file-not-regular",
      message: "`tree/inner/odd` is a link, a device or a file with several names",
      hint: "remove it from the folder; only plain files are transferred together",
    });
  });

  it("finds a path outside the workspace, also one that only begins like it", () => {
    expect(fileReason([{ path: "/etc/passwd", how: "read" }], workspace)?.code).toBe("file-outside");
    expect(fileReason([{ path: `${workspace}-other/x`, how: "write" }], workspace)?.code).toBe("file-outside");
  });
});
