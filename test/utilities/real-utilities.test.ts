import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matchUtility, type UtilityInvocation } from "../../src/utilities/match-utility.js";
import { arbitraryArgv, type Sample } from "./arbitrary-argv.js";
import { grammars } from "./grammar-files.js";

const RUNS = Number(process.env.UTILITY_RUNS ?? 80);
const TEXT = "b 2 x\na 10 y\na 10 y\n\nC,3,z:1\tq\n  10K é\nB 1 x y\n";
const JSONS = '{"a":1,"b":[1,"x\\u00e9",null]}\n[3,{"a":"t"}]\n"s"\n';

const none = fc.constant<readonly string[]>([]);
const files = fc.array(fc.constantFrom("a.txt", "dir/b.txt", "-", "missing.txt"), { maxLength: 2 });
const file = fc.oneof(none, fc.constantFrom(["a.txt"], ["-"], ["missing.txt"]));
const KEYS = ["1", "2n", "2,2nr", "1.2b,1.3", "1f,1", "3h", "0"];
const LISTS = ["1", "1,3-", "-2", "2-3,1", "1 3", "9"];

const samples: Readonly<Record<string, Sample>> = {
  cat: { operands: files },
  head: { operands: files },
  tail: { operands: files },
  wc: { operands: files, skip: ["--debug"] },
  sort: {
    operands: files,
    skip: ["-R", "--random-sort"],
    values: { key: KEYS, sort: ["num", "month", "version", "n", "general-numeric"] },
  },
  uniq: { operands: file },
  cut: { operands: files, values: { bytes: LISTS, characters: LISTS, fields: LISTS, delimiter: ["", ",", " ", ":"] } },
  tr: {
    operands: fc.array(fc.constantFrom("a", "b-x", "[:upper:]", "[:lower:]", "\\n", " ", "-", "--", "-d", "\\t"), {
      maxLength: 3,
    }),
  },
  grep: {
    operands: fc
      .tuple(fc.constantFrom("a", "[0-9]", "x y", "a|b", "", "."), files)
      .map(([pattern, names]) => [pattern, ...names]),
  },
  egrep: {
    operands: fc.tuple(fc.constantFrom("a|b", "[0-9]+", ""), files).map(([pattern, names]) => [pattern, ...names]),
  },
  fgrep: { operands: fc.tuple(fc.constantFrom("a", ".", "x y"), files).map(([pattern, names]) => [pattern, ...names]) },
  jq: {
    operands: fc.oneof(
      none,
      fc
        .tuple(fc.constantFrom(".", ".a?", "-1", "$ARGS", "[., input?]", ".[0]?", "halt_error"), files)
        .map(([filter, names]) => [filter, ...names]),
      fc.constantFrom(
        [".", "a.json"],
        ["--args", "$ARGS", "a", "-1", "-"],
        ["$ARGS", "--jsonargs", "1", "{}", "--args", "x"],
        [".", "--", "a.json"],
      ),
    ),
    values: { arg: ["a", "b_1"], argjson: ["1", "null"] },
    // jq 1.6 reads the letters of a bundle in an order of its own, which shows in `-Vh`.
    skip: ["-h", "-V"],
    // jq 1.6 refuses `--` before the filter, 1.7 does not.
    dashes: [[]],
  },
  column: {
    operands: files,
    // Names of later versions than the oldest that is supported.
    skip: ["--input-separator"],
    values: {
      "output-width": ["80", "5", "200"],
      separator: [",", " ", ": "],
      "table-columns": ["A,B", "A"],
      tree: ["1"],
    },
  },
  base64: { operands: file },
  date: {
    operands: fc.oneof(none, fc.constantFrom(["+%s"], ["+%F %T %Z"], ["+"], ["+%-d %010s %^a"])),
    skip: ["-d", "--date"],
  },
  echo: {
    operands: fc.array(fc.constantFrom("hi", "-n", "-e", "a\\tb", "--", "-x", "", "--help", "\\c z", "-"), {
      minLength: 2,
      maxLength: 4,
    }),
  },
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
      const given = name === "date" ? [...argv.slice(0, 1), "-d@1700000000", ...argv.slice(1)] : argv;
      const matched = matchUtility(grammars, given, workspace);
      fc.pre(matched.ok);
      if (!matched.ok) return;
      compared += 1;
      expect(canonicalRun(matched.value)).toEqual(userRun(matched.value, given));
    });
    fc.assert(law, { numRuns: RUNS, maxSkipsPerRun: 200 });
    expect(compared).toBeGreaterThanOrEqual(RUNS);
  });
});

const input = (name: string): string => (name === "jq" ? JSONS : name === "base64" ? "YWJj\nZGVm*\n" : TEXT);

const canonicalRun = ({ name, paths, argv }: UtilityInvocation) => run(paths, argv.slice(1), input(name));

// `egrep` itself is a shell script that says on stderr that it is old; what it runs is grep with one flag.
const SCRIPTS: Readonly<Record<string, string>> = { egrep: "-E", fgrep: "-F" };

const userRun = ({ name, paths }: UtilityInvocation, argv: readonly string[]) => {
  const flag = SCRIPTS[name];
  return run(paths, flag === undefined ? argv.slice(1) : [flag, ...argv.slice(1)], input(name));
};

const run = (paths: readonly string[], args: readonly string[], stdin: string) => {
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
