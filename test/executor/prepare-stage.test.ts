import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runPipeline } from "../../src/executor/run-pipeline.js";
import { planArgv } from "../../src/plan/plan-argv.js";
import { approve } from "../../src/policy/approve.js";
import { type Bench, benchMachine } from "./bench-machine.js";

let bench: Bench;
let workspace: string;

beforeEach(() => {
  bench = benchMachine();
  workspace = bench.machine.workspace;
  writeFileSync(join(workspace, "notes.txt"), "hello\n");
});

afterEach(() => bench.remove());

const missing = (file: string) => ({
  kind: "failure",
  stage: 0,
  code: "file-missing",
  message: `there is no file \`${file}\` in the workspace`,
  hint: "pipe the data in, or name a file that an earlier call has left in the workspace",
});

const outside = (file: string) => ({
  kind: "failure",
  stage: 0,
  code: "file-outside",
  message: `\`${file}\` leads out of the workspace`,
  hint: "name a plain file of the workspace; links are not followed",
});

const notRegular = (file: string) => ({
  kind: "failure",
  stage: 0,
  code: "file-not-regular",
  message: `\`${file}\` is not a regular file`,
  hint: "name a plain file of the workspace",
});

describe("prepareStage", () => {
  it("lets a plain file of the workspace be read", async () => {
    expect((await bench.run("cat notes.txt | wc -c")).output.text).toBe("6\n");
  });

  it("refuses a link out of the workspace, a link inside it, a link on the way and a link to itself", async () => {
    symlinkSync("/etc/passwd", join(workspace, "out"));
    symlinkSync("notes.txt", join(workspace, "in"));
    symlinkSync("/etc", join(workspace, "way"));
    symlinkSync("self", join(workspace, "self"));
    for (const name of ["out", "in", "way/passwd", "self"])
      expect(await bench.fail(`cat ${name}`)).toEqual(outside(name));
  });

  it("refuses a directory, a FIFO and what is not there", async () => {
    mkdirSync(join(workspace, "folder"));
    execFileSync("mkfifo", [join(workspace, "pipe")]);
    symlinkSync("gone", join(workspace, "dangling"));
    expect(await bench.fail("cat folder")).toEqual(notRegular("folder"));
    expect(await bench.fail("cat pipe")).toEqual(notRegular("pipe"));
    expect(await bench.fail("cat none.txt")).toEqual(missing("none.txt"));
    expect(await bench.fail("cat dangling")).toEqual(missing("dangling"));
    expect(await bench.fail("cat notes.txt/more")).toEqual(missing("notes.txt/more"));
  });

  it("has an answer for a name that no file system takes", async () => {
    const name = "x".repeat(300);
    expect(await bench.fail(`cat ${name}`)).toEqual(missing(name));
  });

  it("refuses a file that went between approval and run, and one that became a link", async () => {
    const pipeline = () => {
      const approved = approve(planArgv(["cat", "notes.txt"]), bench.book);
      if (!approved.ok) throw new Error("was refused");
      return approved.value;
    };
    const [first, second] = [pipeline(), pipeline()];
    const options = { ...bench.settings, signal: new AbortController().signal, sink: undefined };
    rmSync(join(workspace, "notes.txt"));
    expect(await runPipeline(first, bench.machine, options)).toEqual(missing("notes.txt"));
    symlinkSync("/etc/passwd", join(workspace, "notes.txt"));
    expect(await runPipeline(second, bench.machine, options)).toEqual(outside("notes.txt"));
  });

  it("names the stage, and starts none when one cannot be prepared", async () => {
    expect(await bench.fail("never-reads | cat none.txt")).toEqual({ ...missing("none.txt"), stage: 1 });
    rmSync(join(bench.programs, "reopens"));
    expect(await bench.fail("never-reads | reopens")).toEqual({
      kind: "failure",
      stage: 1,
      code: "program-missing",
      message: `\`reopens\` is not installed on the server: none of \`${bench.programs}/reopens\` is there`,
      hint: "ask the operator to install it, or use another utility",
    });
  });

  it("says so when there is no AWS CLI", async () => {
    const other = benchMachine({ cli: "/no/such/aws" });
    expect(await other.fail("echo hi | aws s3 ls")).toEqual({
      kind: "failure",
      stage: 1,
      code: "cli-missing",
      message: "the AWS CLI is not installed on the server",
      hint: "the operator installs AWS CLI v2, or names it by AWS_MCP_AWS_CLI",
    });
    other.remove();
  });
});
