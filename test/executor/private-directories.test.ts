import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makePrivateDirectories } from "../../src/executor/private-directories.js";

const isRoot = process.getuid?.() === 0;

describe("makePrivateDirectories", () => {
  it("makes directories of this user alone, which filters may at most walk through, and removes them all", () => {
    const temporary = mkdtempSync(join(tmpdir(), "awspipe-test-"));
    const directories = makePrivateDirectories(temporary);
    const modes = Object.entries(directories).flatMap(([name, path]) =>
      typeof path === "string" ? [[name, (statSync(path).mode & 0o777).toString(8)]] : [],
    );
    expect(Object.fromEntries(modes)).toEqual({
      root: isRoot ? "711" : "700",
      fifos: "700",
      empty: "500",
      path: "500",
      helpPath: "700",
      home: "700",
      credentialHome: "700",
      configuration: "700",
      scratch: isRoot ? "711" : "700",
      runs: "700",
      sandbox: "755",
      workspace: "700",
    });
    directories.remove();
    expect(readdirSync(temporary)).toEqual([]);
    rmSync(temporary, { recursive: true });
  });
});
