import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gitState } from "../../src/release/git-state.js";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "awspipe-git-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "-C", root, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();

const commit = (): string => {
  git("init", "--quiet");
  writeFileSync(join(root, ".gitignore"), "dist/\n");
  git("add", ".");
  git("commit", "--quiet", "--message", "one");
  return git("rev-parse", "HEAD");
};

describe("gitState", () => {
  it("knows the commit and its tags, of both kinds", () => {
    const revision = commit();
    git("tag", "v1.0.0");
    git("tag", "--annotate", "--message", "again", "v1.0.1");
    expect(gitState(root)).toEqual({ kind: "commit", revision, tags: ["v1.0.0", "v1.0.1"], changed: false });
  });

  it("knows of no tag that is on another commit", () => {
    commit();
    git("tag", "v1.0.0");
    git("commit", "--quiet", "--allow-empty", "--message", "two");
    expect(gitState(root)).toMatchObject({ tags: [], changed: false });
  });

  it.each([
    ["a changed file", ".gitignore"],
    ["a file that nobody added", "new.ts"],
  ])("sees %s", (_, name) => {
    commit();
    writeFileSync(join(root, name), "dist/\nx\n");
    expect(gitState(root)).toMatchObject({ changed: true });
  });

  it("does not mind what git ignores", () => {
    commit();
    mkdirSync(join(root, "dist"));
    writeFileSync(join(root, "dist", "cli.js"), "");
    expect(gitState(root)).toMatchObject({ changed: false });
  });

  it("has nothing to say of a folder inside another repository", () => {
    commit();
    mkdirSync(join(root, "vendored"));
    expect(gitState(join(root, "vendored"))).toEqual({ kind: "none" });
  });

  it("does not know a checkout without a commit, nor one that is broken", () => {
    git("init", "--quiet");
    expect(gitState(root)).toEqual({ kind: "unreadable" });
    rmSync(join(root, ".git", "HEAD"));
    expect(gitState(root)).toEqual({ kind: "unreadable" });
  });

  it("asks of this folder, also from within a hook of another repository", () => {
    const revision = commit();
    vi.stubEnv("GIT_DIR", "/nonexistent");
    vi.stubEnv("GIT_INDEX_FILE", "/nonexistent/index");
    expect(gitState(root)).toEqual({ kind: "commit", revision, tags: [], changed: false });
  });
});
