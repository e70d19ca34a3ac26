import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileReason } from "../../src/executor/file-reason.js";
import type { UtilityFile } from "../../src/policy/verdict.js";

let workspace: string;

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), "awspipe-test-")));
  mkdirSync(join(workspace, "tree"));
  for (const name of ["notes.txt", "tree/a"]) writeFileSync(join(workspace, name), "x");
  symlinkSync("/etc", join(workspace, "way"));
  symlinkSync("notes.txt", join(workspace, "link"));
});

afterEach(() => rmSync(workspace, { recursive: true }));

const reasonOf = (path: string, how: UtilityFile["how"] = "read") =>
  fileReason([{ argument: 1, path, how, sha256: undefined }], workspace)?.code;
const codeOf = (name: string): string | undefined => reasonOf(join(workspace, name));

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

  it("takes the workspace and its folders where one looks into them, and nothing that a link leads to", () => {
    expect([reasonOf(workspace, "folder"), reasonOf(join(workspace, "tree"), "folder")]).toEqual([
      undefined,
      undefined,
    ]);
    expect([reasonOf(join(workspace, "way"), "folder"), reasonOf("/etc", "folder")]).toEqual([
      "file-outside",
      "file-outside",
    ]);
  });

  it("leaves files that are made to those who make them", () => {
    expect(reasonOf(join(workspace, "new"), "write")).toBe(undefined);
  });

  it("finds a path outside the workspace, also one that only begins like it", () => {
    expect(reasonOf("/etc/passwd")).toBe("file-outside");
    expect(reasonOf(`${workspace}-other/x`)).toBe("file-outside");
  });
});
