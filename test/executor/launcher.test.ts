import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findLaunchers, isExecutable } from "../../src/executor/launcher.js";
import { needProgram } from "../provision/needs.js";
import { UNCONFINED } from "../unconfined.js";
import { type Bench, benchMachine } from "./bench-machine.js";
import { isAlive } from "./leftovers.js";
import { runInProcess } from "./server-process.js";

let bench: Bench;

beforeAll(() => {
  bench = benchMachine();
});

afterAll(() => bench.remove());

const isRoot = process.getuid?.() === 0;

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean).map(Number);

const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, "latin1").trim();

describe("findLaunchers", () => {
  it("finds what setpriv can do, and filters run as nobody under root", async () => {
    const { aws, utility, utilityWithFiles } = await findLaunchers(needProgram("setpriv"), "/usr/bin/true", isRoot);
    const held = ["dies-with-server", "no-new-privileges"];
    expect([aws.enforces, utilityWithFiles.enforces, utility.enforces]).toEqual([
      held,
      held,
      isRoot ? [...held, "unprivileged-user"] : held,
    ]);
  });

  it("uses no launcher where there is none, or where it does not work", async () => {
    const none = { words: [], enforces: [] };
    const nothing = { aws: none, utility: none, utilityWithFiles: none };
    expect(await findLaunchers("/no/such/setpriv", "/usr/bin/true", true)).toEqual(nothing);
    expect(await findLaunchers("/usr/bin/false", "/usr/bin/true", true)).toEqual(nothing);
  });

  it("lets every stage die with a server that is killed, those of another user too", async () => {
    const environment = {
      AWS_MCP_AWS_CLI: `${bench.programs}/fake-aws`,
      ...UNCONFINED,
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
    const { child, ended } = runInProcess("aws ec2 describe-regions | cat | wc -c", environment);
    const pid = child.pid ?? 0;
    const stages = () => childrenOf(pid).map(nameOf).sort();
    await expect.poll(stages, { timeout: 10_000 }).toEqual(["cat", "fake-aws", "wc"]);
    const pids = childrenOf(pid);
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    child.kill("SIGKILL");
    await ended;
    await expect.poll(() => pids.map(isAlive), { timeout: 5000 }).toEqual([false, false, false]);
  });
});

describe("isExecutable", () => {
  it("takes programs and scripts that name their interpreter", () => {
    expect(["/usr/bin/cat", `${bench.programs}/flood`].map(isExecutable)).toEqual([true, true]);
  });

  it("takes nothing that execvp would hand to a shell", async () => {
    const text = join(bench.programs, "reopens");
    writeFileSync(text, "echo from a shell\n");
    expect([text, bench.programs, "/etc/passwd", "/no/such/file"].map(isExecutable)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(await bench.fail("reopens")).toMatchObject({ code: "program-missing" });
    expect(readdirSync(bench.machine.directories.empty)).toEqual([]);
  });
});
