import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashToken } from "../../../../src/http/auth/tokens/hash-token.js";
import { writeRandomToken } from "../../../../src/http/auth/tokens/write-random-token.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-random-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("writeRandomToken", () => {
  it("puts a token that may write into a file of mode 0600, whatever the umask", () => {
    const before = process.umask(0);
    try {
      const { path, entry } = writeRandomToken(folder);
      const text = readFileSync(path, "utf8");
      expect(path).toBe(join(folder, "http-token"));
      expect(statSync(path).mode & 0o7777).toBe(0o600);
      expect(text).toMatch(/^awsp_[A-Za-z0-9_-]{43}\n$/);
      expect(entry).toEqual({ principal: { name: "token:random", access: "write" }, hash: hashToken(text.trimEnd()) });
    } finally {
      process.umask(before);
    }
  });

  it("makes another one each time", () => {
    const read = (name: string) => {
      const directory = join(folder, name);
      mkdirSync(directory, { mode: 0o700 });
      return readFileSync(writeRandomToken(directory).path, "utf8");
    };
    expect(read("a")).not.toBe(read("b"));
  });

  it("writes over nothing and follows no link", () => {
    writeFileSync(join(folder, "http-token"), "old");
    expect(() => writeRandomToken(folder)).toThrow(/http-token cannot be made: EEXIST/);
    expect(readFileSync(join(folder, "http-token"), "utf8")).toBe("old");
    rmSync(join(folder, "http-token"));
    for (const to of ["elsewhere", join(folder, "dangling")]) {
      symlinkSync(to, join(folder, "http-token"));
      expect(() => writeRandomToken(folder)).toThrow(/http-token cannot be made: EEXIST/);
      rmSync(join(folder, "http-token"));
    }
  });

  it("uses no directory that others may write to", () => {
    chmodSync(folder, 0o777);
    expect(() => writeRandomToken(folder)).toThrow(/cannot be made: .* is not this server's own$/);
  });
});
