import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { arbitraryArgv } from "./arbitrary-argv.js";
import { grammars } from "./grammar-files.js";
import { folderSamples } from "./samples/folders.js";

const CANARY = "tweet-7f3a9";
const top = mkdtempSync(join(tmpdir(), "listing-"));
const workspace = join(top, "workspace");
const made = join(top, "made");

beforeAll(() => {
  for (const folder of ["workspace/dir", "made/reports", "outside"]) mkdirSync(join(top, folder), { recursive: true });
  for (const file of ["workspace/a.txt", "workspace/dir/b.txt", `outside/${CANARY}`])
    writeFileSync(join(top, file), CANARY);
  symlinkSync(join(top, "outside"), join(workspace, "folder-link"));
  symlinkSync(join(top, "outside", CANARY), join(workspace, "dir", "file-link"));
});

afterAll(() => rmSync(top, { recursive: true }));

const run = (program: string, args: readonly string[], cwd: string, input = "") => {
  const paths = grammars.utilities.get(program)?.grammar.paths ?? [];
  const env = { LC_ALL: "C.UTF-8", TZ: "UTC" };
  const child = spawnSync(paths.find(existsSync) ?? "", args, { cwd, env, input, encoding: "latin1", timeout: 10_000 });
  // What a link says of itself is not what lies behind it.
  return (child.stdout + child.stderr).replaceAll(join(top, "outside", CANARY), "");
};

/** What it prints where the workspace is its working directory, or nothing where it is refused. */
const listed = (argv: readonly string[]): string | undefined => {
  const matched = matchUtility(grammars, argv, workspace);
  return matched.ok ? run(argv[0] ?? "", matched.value.argv.slice(1), workspace) : undefined;
};

describe.each(["ls", "find"])("a call of %s that is accepted", (name) => {
  const utility = grammars.utilities.get(name);
  const sample = folderSamples[name];
  if (!utility || !sample) throw new Error(`no sample of ${name}`);

  it("shows nothing of what links lead to, nor of what lies around the workspace", () => {
    const count = { accepted: 0, long: 0 };
    fc.assert(
      fc.property(arbitraryArgv(utility, { ...sample, skip: [] }), (argv) => {
        const output = listed(argv);
        if (output === undefined) return;
        count.accepted += 1;
        count.long += output.includes("b.txt") ? 1 : 0;
        expect(output).not.toContain(CANARY);
        expect(output).not.toContain("made");
      }),
      { numRuns: 400 },
    );
    expect(count.accepted).toBeGreaterThan(100);
    expect(count.long).toBeGreaterThan(20);
  }, 60_000);
});

describe("the calls that are refused", () => {
  it.each([
    ["ls", ["-RL"]],
    ["ls", ["-H", "folder-link"]],
    ["ls", ["--dereference-command-line-symlink-to-dir", "folder-link"]],
    ["ls", ["..", "../outside"]],
    ["find", ["-L", "."]],
    ["find", ["-H", "folder-link"]],
    ["find", [".", "-follow"]],
    ["find", ["../outside"]],
  ])("would have shown it: %s %j", (name, args) => {
    expect(run(name, args, workspace)).toContain(CANARY);
    expect(listed([name, ...args])).toBeUndefined();
  });
});

describe("a call of tee that is accepted", () => {
  it("writes the files that it names, below its working directory", () => {
    const argv = ["tee", "-p", "out.txt", "./reports/june.txt", join(workspace, "full.txt"), "--", "-x.txt"];
    const matched = matchUtility(grammars, argv, workspace);
    const words = matched.ok ? matched.value.argv.slice(1) : [];
    expect(run("tee", words, made, "text\n")).toBe("text\n");
    const names = ["-x.txt", "full.txt", "out.txt", "reports", "reports/june.txt"];
    expect(readdirSync(made, { recursive: true }).sort()).toEqual(names);
    for (const name of names.filter((each) => each !== "reports"))
      expect(readFileSync(join(made, name), "utf8")).toBe("text\n");
    expect(matched.ok && matched.value.files.map(({ path, how }) => [path, how])).toEqual(
      ["out.txt", "reports/june.txt", "full.txt", "-x.txt"].map((name) => [join(workspace, name), "write"]),
    );
  });
});
