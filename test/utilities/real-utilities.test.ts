import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matchUtility, type UtilityInvocation } from "../../src/utilities/match-utility.js";
import { arbitraryArgv, type Sample } from "./arbitrary-argv.js";
import { grammars } from "./grammar-files.js";
import { awkSamples } from "./samples/awk.js";
import { bytesSamples } from "./samples/bytes.js";
import { JSONS, TEXT } from "./samples/files.js";
import { folderSamples } from "./samples/folders.js";
import { plainSamples } from "./samples/plain.js";
import { sedSamples } from "./samples/sed.js";
import { textSamples } from "./samples/text.js";

const RUNS = Number(process.env.UTILITY_RUNS ?? 80);

const samples: Readonly<Record<string, Sample>> = {
  ...textSamples,
  ...plainSamples,
  ...bytesSamples,
  ...folderSamples,
  ...sedSamples,
  ...awkSamples,
};

let workspace = "";

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), "utilities-"));
  mkdirSync(join(workspace, "dir"));
  writeFileSync(join(workspace, "a.txt"), TEXT);
  writeFileSync(join(workspace, "a.json"), JSONS);
  writeFileSync(join(workspace, "dir", "b.txt"), "YQpi\nx y\n1\n");
});

afterAll(() => rmSync(workspace, { recursive: true }));

describe("matchUtility", () => {
  it("has a sample of every utility", () => {
    expect(Object.keys(samples).sort()).toEqual([...grammars.utilities.keys()].sort());
  });

  it.each(Object.entries(samples))("writes an argv that %s reads as it reads the user's", (name, sample) => {
    const utility = grammars.utilities.get(name);
    if (!utility) throw new Error(`no grammar of ${name}`);
    let compared = 0;
    const law = fc.property(arbitraryArgv(utility, sample), (argv) => {
      const given = [...argv.slice(0, 1), ...(sample.given ?? []), ...argv.slice(1)];
      const matched = matchUtility(grammars, given, workspace);
      fc.pre(matched.ok);
      if (!matched.ok) return;
      compared += 1;
      expect(canonicalRun(matched.value, sample)).toEqual(userRun(matched.value, given, sample));
    });
    fc.assert(law, { numRuns: RUNS, maxSkipsPerRun: 200 });
    expect(compared).toBeGreaterThanOrEqual(RUNS);
  });
});

const canonicalRun = ({ paths, argv }: UtilityInvocation, { stdin }: Sample) => run(paths, argv.slice(1), stdin);

const userRun = ({ paths }: UtilityInvocation, argv: readonly string[], { runs = [], stdin }: Sample) =>
  run(paths, [...runs, ...argv.slice(1)], stdin);

const run = (paths: readonly string[], args: readonly string[], stdin: string | Uint8Array = TEXT) => {
  const env = { LC_ALL: "C.UTF-8", TZ: "UTC", HOME: "/nonexistent", PATH: "/nonexistent" };
  const child = spawnSync(paths.find(existsSync) ?? "", args, {
    cwd: workspace,
    env,
    input: stdin,
    timeout: 10_000,
    encoding: "latin1",
  });
  // A utility that ends without reading leaves our write with EPIPE; anything else is a program that did not run.
  if (child.error && !child.error.message.endsWith("EPIPE")) throw child.error;
  const relative = (text: string) => text.replaceAll(`${workspace}/`, "");
  const stderr = child.status === 0 ? relative(child.stderr) : child.stderr.length > 0;
  return { status: child.status, signal: child.signal, stdout: relative(child.stdout), stderr };
};
