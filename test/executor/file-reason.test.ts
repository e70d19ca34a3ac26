import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileReason } from "../../src/executor/file-reason.js";

let workspace: string;

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  mkdirSync(join(workspace, "tree"));
  for (const name of ["notes.txt", "tree/a"]) writeFileSync(join(workspace, name), "x");
  symlinkSync("/etc", join(workspace, "way"));
  symlinkSync("notes.txt", join(workspace, "link"));
});

afterEach(() => rmSync(workspace, { recursive: true }));

const codeOf = (name: string): string | undefined => fileReason([join(workspace, name)], workspace)?.code;

describe("fileReason", () => {
  it("finds nothing wrong with plain files", () => {
    expect([codeOf("notes.txt"), codeOf("tree/a"), fileReason([], workspace)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("finds links, on the way and at the end", () => {
    symlinkSync("gone", join(workspace, "dangling"));
    expect([codeOf("link"), codeOf("way/passwd")]).toEqual(["file-outside", "file-outside"]);
    expect(codeOf("dangling")).toBe("file-missing");
  });

  it("finds what is no file, and what is not there", () => {
    execFileSync("/usr/bin/mkfifo", [join(workspace, "pipe")]);
    expect([codeOf("tree"), codeOf("pipe")]).toEqual(["file-not-regular", "file-not-regular"]);
    expect([codeOf("gone"), codeOf("notes.txt/x"), codeOf("x".repeat(300))]).toEqual(Array(3).fill("file-missing"));
  });

  it("finds a path outside the workspace, also one that only begins like it", () => {
    expect(fileReason(["/etc/passwd"], workspace)?.code).toBe("file-outside");
    expect(fileReason([`${workspace}-other/x`], workspace)?.code).toBe("file-outside");
  });
});
