import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needAws, needProgram } from "./needs.js";
import { provision } from "./provision.js";
import { runProgram } from "./run-program.js";

// All that `help` needs: groff starts troff and grotty, and the CLI starts its pager.
const helpers = ["groff", "troff", "grotty", "cat"] as const;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "awspipe-help-"));
  for (const name of helpers) symlinkSync(needProgram(name), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// One of each way in which the CLI reads a help file.
test.for([
  ["help"],
  ["s3", "help"],
  ["s3", "mv", "help"],
  ["ec2", "describe-instances", "help"],
  ["configure", "help"],
  ["configure", "get", "help"],
  ["emr", "create-cluster", "help"],
  ["ecr", "get-login-password", "help"],
])("aws %s", async (args) => {
  const env = { HOME: folder, PATH: folder, PAGER: "cat", AWS_PAGER: "" };
  const { ok, stdout, stderr } = await runProgram(needAws(), args, { env });
  expect({ ok, stderr: stderr.replaceAll(/^<string>.*\n/gm, "") }).toEqual({ ok: true, stderr: "" });
  expect(stdout.replaceAll(/.\u0008/g, "")).toMatch(/NAME[\s\S]+DESCRIPTION/);
});

test("the global options stand in an operation's synopsis", async () => {
  const env = { HOME: folder, PATH: folder, PAGER: "cat", AWS_PAGER: "" };
  const { stdout } = await runProgram(needAws(), ["s3", "ls", "help"], { env });
  expect(stdout).toMatch(/\[--debug\]\s+\[--endpoint-url <value>\]/);
});

test("asking again costs next to nothing", async () => {
  const started = performance.now();
  await provision();
  expect(performance.now() - started).toBeLessThan(1000);
});
