import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ProvisionProblem } from "./found.js";
import { npmTarball } from "./npm-tarball.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-tarball-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Puts a program called `npm` before the real one. */
function npmThatRuns(script: string): void {
  const bin = mkdtempSync(join(folder, "bin-"));
  writeFileSync(join(bin, "npm"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, "npm"), 0o755);
  vi.stubEnv("PATH", `${bin}:${process.env.PATH}`);
}

const wanted = { spec: "some-package@1.0.0", integrity: "sha512-AAAA" };

test("a download with another sha512 is refused", async () => {
  npmThatRuns("echo other > some-package-1.0.0.tgz");
  const problem = new ProvisionProblem(
    "the download of some-package@1.0.0 has another sha512 than pinned: nothing of it was used",
  );
  await expect(npmTarball(wanted, folder)).rejects.toEqual(problem);
});

test("no download is one line that says what to try", async () => {
  npmThatRuns("echo npm error network >&2; exit 1");
  const problem = new ProvisionProblem(
    "could not download some-package@1.0.0: is this machine offline? try `npm pack some-package@1.0.0`",
  );
  await expect(npmTarball(wanted, folder)).rejects.toEqual(problem);
});
