import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needAws, needMoto, needProgram } from "../provision/needs.js";
import { type Moto, startMoto } from "../provision/start-moto.js";
import { runInProcess } from "./server-process.js";

let moto: Moto;
let folder: string;

beforeAll(async () => {
  moto = await startMoto(needMoto());
  folder = mkdtempSync(join(tmpdir(), "awspipe-test-"));
});

afterAll(async () => {
  await moto.stop();
  rmSync(folder, { recursive: true });
});

/** Runs a pipeline in a server's own process and gives every program that it or a child of it became, without repeats. */
const programsOf = async (command: string, environment: Readonly<Record<string, string>> = {}) => {
  const trace = join(folder, "trace");
  const before = [needProgram("strace"), "-f", "-qq", "-s", "4096", "-e", "trace=execve,execveat", "-o", trace];
  const settings = { ...moto.environment, AWS_MCP_AWS_CLI: needAws(), ...environment };
  const { stdout, stderr, code } = await runInProcess(command, settings, { before }).ended;
  return { programs: [...new Set(started(readFileSync(trace, "latin1")).map(real))].sort(), stdout, stderr, code };
};

// `PID execve("PATH", …) = 0`, or the same in two lines where another process came between.
const started = (trace: string): readonly string[] => {
  const unfinished = new Map<string, string>();
  return trace.split("\n").flatMap((line) => {
    const [, pid = "", path] = /^(\d+) +(?:execve\("([^"]+)")?/.exec(line) ?? [];
    if (/unfinished \.\.\.>$/.test(line)) unfinished.set(pid, path ?? line);
    return / = 0$/.test(line) ? [path ?? unfinished.get(pid) ?? line] : [];
  });
};

const real = (path: string): string => (existsSync(path) ? realpathSync(path) : path);

/** What the engine itself runs before the first stage: to make pipes, to find out what confines here, to confine. */
const own = [
  process.execPath,
  ...["mkfifo", "setpriv", "prlimit", "bwrap", "true", "cat", "timeout"].map((name) => `/usr/bin/${name}`),
].map(real);

const sorted = (paths: readonly string[]): readonly string[] => [...new Set([...own, ...paths.map(real)])].sort();

const at = (names: readonly string[]): readonly string[] => names.map((name) => `/usr/bin/${name}`);

describe("a pipeline", () => {
  it("of every utility becomes these utilities and nothing else", async () => {
    const stages = [
      "date -u +%Y",
      "echo b,a",
      "cat",
      "head -n 5",
      "tail -n 5",
      "sort",
      "uniq",
      "cut -d , -f 1,2",
      "tr , ' '",
      "egrep b",
      "fgrep b",
      "grep b",
      "column -t",
      "base64",
      "base64 -d",
      "jq -R .",
      "wc -l",
    ];
    const { programs, stdout, code } = await programsOf(stages.join(" | "));
    expect({ stdout, code }).toEqual({ stdout: "1\n", code: 0 });
    const names = stages.map((stage) => stage.split(" ")[0] ?? "").filter((name) => !/^[ef]grep$/.test(name));
    expect(programs).toEqual(sorted(at(names)));
    expect(programs.map((path) => basename(path)).filter((name) => /sh$/.test(name))).toEqual([]);
  });

  it("of the AWS CLI becomes the CLI and nothing else, though it would run lsb_release where it found one", async () => {
    const { programs, code } = await programsOf("aws s3 ls | wc -l");
    expect({ programs, code }).toEqual({ programs: sorted([needAws(), "/usr/bin/wc", "/usr/bin/nsenter"]), code: 0 });
  });

  it("that looks credentials up becomes the CLI twice", async () => {
    const noKeys = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
    const { programs, stderr, code } = await programsOf("aws s3 ls | wc -l", noKeys);
    expect({ code, stderr: stderr.split(":")[0] }).toEqual({ code: 1, stderr: "failure no-credentials" });
    // `true` stands in for lsb_release.
    expect(programs.filter((path) => ![...sorted([needAws()]), real("/usr/bin/uname")].includes(path))).toEqual([
      expect.stringMatching(/^\/.*\/credential-home\/bin\/lsb_release$/),
    ]);
  });

  it("of help becomes the CLI, the formatter and col", async () => {
    const { programs, stdout, code } = await programsOf("aws sts help | head -n 3");
    expect({ code, hasText: stdout.length > 0 }).toEqual({ code: 0, hasText: true });
    const formatter = [needProgram("groff"), needProgram("troff"), needProgram("grotty"), "/usr/bin/col"];
    // The directory that links to the formatter is gone by now.
    const names = [needAws(), ...formatter, "/usr/bin/head", ...own].map((path) => basename(real(path)));
    expect([...new Set(programs.map((path) => basename(path)))].sort()).toEqual([...new Set(names)].sort());
  });
});
