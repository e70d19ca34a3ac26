import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { ProvisionProblem } from "./found.js";
import { judges } from "./judges.js";
import { needJudges } from "./need-judges.js";
import { repository } from "./repository.js";
import { runProgram } from "./run-program.js";

let folder = "";
afterEach(() => {
  vi.unstubAllEnvs();
  if (folder !== "") rmSync(folder, { recursive: true });
  folder = "";
});

const pins = join(repository, "test", "provision", "judges");

test.for([
  ["conformance2025", "0.1.16"],
  ["conformance2026", "0.2.0-alpha.12"],
  ["inspector", "2.12.0"],
] as const)("%s is version %s", async ([judge, version]) => {
  const { node, ...scripts } = needJudges();
  const said = await runProgram(node, [scripts[judge], "--version"]);
  expect(said).toEqual({ ok: true, stdout: `${version}\n`, stderr: "" });
});

test("each package has its integrity pinned, and none the place where it is got", () => {
  const lock: { packages: Record<string, { integrity?: string; resolved?: string }> } = JSON.parse(
    readFileSync(join(pins, "package-lock.json"), "utf8"),
  );
  const { "": root, ...packages } = lock.packages;
  expect(root).toMatchObject({ name: "judges" });
  const loose = Object.entries(packages).filter(([, { integrity, resolved }]) => !integrity || resolved);
  expect(loose).toEqual([]);
});

test("asking again costs next to nothing", async () => {
  const started = performance.now();
  await judges();
  expect(performance.now() - started).toBeLessThan(1000);
});

test("no download is one line that says what to try, and leaves nothing behind", async () => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-judges-"));
  writeFileSync(join(folder, "npm"), "#!/bin/sh\nmkdir node_modules\nexit 1\n");
  chmodSync(join(folder, "npm"), 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  const problem = new ProvisionProblem(
    "could not install the MCP conformance suites: is this machine offline? try `npm ci --ignore-scripts` in a copy of test/provision/judges",
  );
  await expect(judges(join(folder, "judges"))).rejects.toEqual(problem);
  expect(existsSync(join(folder, "judges"))).toBe(false);
});
