import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandOf } from "../../../src/utilities/xargs/command-of.js";
import { fillCommand } from "../../../src/utilities/xargs/fill-command.js";
import { itemsOf } from "../../../src/utilities/xargs/items-of.js";
import { readXargs } from "../../../src/utilities/xargs/read-xargs.js";
import type { RunLimits } from "../../../src/utilities/xargs/run-limits.js";
import { afterRun, type RunEnd, type XargsStatus } from "../../../src/utilities/xargs/xargs-status.js";

const RUNS = Number(process.env.XARGS_RUNS ?? 40);

const XARGS = "/usr/bin/xargs";

/** Prints each word with a NUL behind it; the first marks where a run begins, and no input holds it. */
const PRINT = ["/usr/bin/printf", "%s\\0", "\u0001"] as const;

/** Words that hold places, one of which begins where another ends. */
const PLACES = ["{}", "a{}b@", "@{}{}@@", "plain", ""];

const gnu = (words: readonly string[], input: string) => {
  const child = spawnSync(XARGS, words, { input, env: { LC_ALL: "C.UTF-8", PATH: "/nonexistent" }, timeout: 10_000 });
  // One that refuses its options does not read.
  if (child.error && !child.error.message.endsWith("EPIPE")) throw child.error;
  return { status: child.status, stdout: child.stdout.toString("utf8"), stderr: child.stderr.toString("utf8") };
};

/** The argument vectors of the runs of `PRINT`, the program and its format left out. */
const gnuRuns = (stdout: string): readonly (readonly string[])[] => {
  const runs: string[][] = [];
  for (const word of stdout.split("\0").slice(0, -1)) {
    if (word === "\u0001") runs.push([]);
    else runs.at(-1)?.push(word);
  }
  return runs;
};

const call = (words: readonly string[]) => {
  const read = readXargs(["xargs", ...words]);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};

const ourRuns = (words: readonly string[], input: string, limits?: RunLimits) => {
  const read = call(words);
  const [first, ...rest] = ["xargs", ...words].map((text) => ({ text, span: { start: 0, end: 0 } }));
  if (first === undefined) throw new Error("there is a first word");
  const command = commandOf(read, [first, ...rest]);
  const items = itemsOf(read, input, limits);
  if (!items.ok) return items;
  const run = (each: readonly string[]) => fillCommand(read, command, each).map(({ text }) => text);
  return { ok: true, value: items.value.map((each) => run(each).slice(PRINT.length)) } as const;
};

const OPTIONS: readonly (readonly string[])[] = [
  [],
  ["-r"],
  ["-n1"],
  ["-n", "2"],
  ["-rn3"],
  ["--max-a=4", "--"],
  ["-L1"],
  ["-L", "2"],
  ["-l", "-r"],
  ["--max-lines=3"],
  ["-I{}"],
  ["-I", "@", "-n1"],
  ["-n1", "-i"],
  ["--repl=a"],
  ["-d,"],
  ["-d", "\\n", "-n2"],
  ["-d ", "-L2", "-r"],
  ["-d\\x2c", "-I{}"],
  ["-0"],
  ["-0n2"],
  ["-0L2"],
  ["-0I@"],
];

const PIECES = [
  "a",
  "b",
  "é",
  "😀",
  " ",
  " ",
  "\t",
  "\n",
  "\n",
  "\n\n",
  " \n",
  "\r",
  "\v",
  "\f",
  ",",
  ",,",
  "{}",
  "@",
  "-n",
];
const QUOTES = [
  "''",
  '""',
  "'a b'",
  '"a\t\'b"',
  "'\"\\'",
  "\\ ",
  "\\\n",
  "\\'",
  '\\"',
  "\\\\",
  "\\a",
  "\\é",
  "'😀 '",
  "''\n",
];
const WRONG = ["'", '"', "\\", "\0"];

const inputOf = (...pieces: readonly string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((found) => found.join(""));

/** Inputs that are refused here and read by GNU. */
const TOLERATED = [
  {
    because: "GNU sees no quotation that has nothing in it at the input's end (xargs.c, `p == linebuf`)",
    is: (input: string) => /(?:^|[ \t\n\v\f\r])(?:''|"")*['"]$/.test(input),
  },
  {
    because: "GNU cuts items at a NUL character, so another item would be used than the one that was given",
    is: (input: string) => input.includes("\0"),
  },
];

describe("xargs", () => {
  it("is the one of GNU here", () => {
    expect(gnu(["--version"], "").stdout).toMatch(/^xargs \(GNU findutils\) 4\./);
  });

  it.each(OPTIONS.map((options) => [options]))("divides and fills as GNU does: %j", (options) => {
    const words = [...options, ...PRINT, ...PLACES];
    const nul = options.some((option) => option.startsWith("-0"));
    const pieces = nul ? [...PIECES, ...QUOTES, "\0", "\0", "\0\0"] : [...PIECES, ...QUOTES];
    const law = fc.property(inputOf(...pieces), (input) => {
      const real = gnu(words, input);
      expect(ourRuns(words, input)).toEqual({ ok: true, value: gnuRuns(real.stdout) });
      expect(real.status).toBe(0);
    });
    fc.assert(law, { numRuns: RUNS });
  });

  it.each(OPTIONS.map((options) => [options]))("refuses only what GNU refuses, or what is listed: %j", (options) => {
    const words = [...options, ...PRINT, ...PLACES];
    const law = fc.property(inputOf(...PIECES, ...QUOTES, ...WRONG, ...WRONG, ...WRONG), (input) => {
      const real = gnu(words, input);
      const ours = ourRuns(words, input);
      if (ours.ok) expect([real.status, gnuRuns(real.stdout)]).toEqual([0, ours.value]);
      else if (!TOLERATED.some(({ is }) => is(input)))
        expect([real.status, real.stdout]).toEqual([1, expect.anything()]);
    });
    fc.assert(law, { numRuns: RUNS / 2 });
  });

  it.each([
    ["a '", "<a>"],
    ["''\"", "<>"],
    ["a\0b c", "<a><c>"],
  ])("reads what is listed: %j", (input, stdout) => {
    expect(TOLERATED.filter(({ is }) => is(input))).toHaveLength(1);
    expect(gnu(["/usr/bin/printf", "<%s>"], input)).toMatchObject({ status: 0, stdout });
    expect(ourRuns(["echo"], input).ok).toBe(false);
  });
});

describe("xargs by size", () => {
  const SIZE = 60;
  const beside = SIZE - [...PRINT].reduce((sum, word) => sum + Buffer.byteLength(word) + 1, 0);
  const limits = { words: 1000, bytes: beside, itemBytes: beside };
  const items = inputOf("a ", "bcd ", "é\n", "efghijklmno ", "pqrs\n", "x".repeat(beside - 2), " ", "\n");

  it.each([[[]], [["-n3"]], [["-L1"]], [["-L2"]], [["-d,"]]])("divides as GNU does with -s: %j", (options) => {
    const law = fc.property(items, (input) => {
      const real = gnu(["-s", String(SIZE), ...options, ...PRINT], input);
      const ours = ourRuns([...options, ...PRINT], input, limits);
      if (ours.ok) expect([real.status, gnuRuns(real.stdout)]).toEqual([0, ours.value]);
      else expect(real.status).toBe(1);
    });
    fc.assert(law, { numRuns: RUNS });
  });
});

describe("the options of xargs", () => {
  it.each([
    ["-n", "0"],
    ["-n", "x"],
    ["-n1r"],
    ["--max-args="],
    ["-L0"],
    ["-lx"],
    ["-P", "-1"],
    ["-d", ""],
    ["-d", ",,"],
    ["-d", "é"],
    ["-d", "\\8"],
    ["-d", "\\xg"],
    ["-d", "\\q"],
    ["-z"],
    ["--max"],
    ["--ver"],
    ["--n"],
    ["--null=x"],
    ["-n"],
  ])("are wrong for GNU, too: %s %s", (...options) => {
    expect(readXargs(["xargs", ...options]).ok).toBe(false);
    expect(gnu(options, "a\n").status).toBe(1);
  });

  it.each([
    ["\\a"],
    ["\\b"],
    ["\\f"],
    ["\\r"],
    ["\\t"],
    ["\\v"],
    ["\\\\"],
    ["\\"],
    ["\\0"],
    ["\\054"],
    ["\\54"],
    ["\\x2C"],
    ["\\x7"],
  ])("mean the same delimiter: %s", (text) => {
    const every = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code + 2)).join("");
    const input = text === "\\0" ? `${every}\0${every}` : every;
    const words = ["-d", text, ...PRINT];
    expect(ourRuns(words, input)).toEqual({ ok: true, value: gnuRuns(gnu(words, input).stdout) });
  });
});

describe("the status of xargs", () => {
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "xargs-"));
    writeFileSync(join(folder, "end"), '#!/bin/sh\necho run\ncase $1 in k) kill -9 $$;; *) exit "$1";; esac\n', {
      mode: 0o755,
    });
    writeFileSync(join(folder, "once"), '#!/bin/sh\necho run\n/bin/rm "$0"\nexit "$1"\n', { mode: 0o755 });
    writeFileSync(join(folder, "data"), "data\n", { mode: 0o644 });
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const fold = (ends: readonly RunEnd[]) => {
    let status: XargsStatus = 0;
    for (const [index, end] of ends.entries()) {
      const after = afterRun(status, end);
      if (after.stops) return { status: after.status, runs: index + 1 };
      status = after.status;
    }
    return { status, runs: ends.length };
  };

  const endOf = (word: string): RunEnd =>
    word === "k" ? { kind: "signalled" } : { kind: "exited", code: Number(word) };

  const ran = (program: string, input: string) => {
    const { status, stdout } = gnu(["-r", "-n1", join(folder, program)], input);
    return { status, runs: stdout.split("run\n").length - 1 };
  };

  it.each(["", "0", "0 0", "1", "0 1 0", "125", "126 0", "127 0", "254 0", "255 0", "k 0", "0 k 0", "1 2 3"])(
    "is the one of GNU after runs that end with: %s",
    (input) => {
      const words = input.split(" ").filter((word) => word !== "");
      expect(fold(words.map(endOf))).toEqual(ran("end", input));
    },
  );

  it("is the one of GNU where the command cannot be run or is not there", () => {
    expect([ran("data", "0").status, ran("missing", "0").status]).toEqual([
      fold([{ kind: "not-started", reason: "EACCES" }]).status,
      fold([{ kind: "not-started", reason: "ENOENT" }]).status,
    ]);
  });

  // GNU 4.9 forgets why it stopped where a run failed before (xargs.c, `wait_for_proc_all`), so that its status depends
  // on which of the runs at once ends first. Later versions remember it, save for a program that went away.
  it.each([
    ["end", "0 1 255 0", ["0", "1", "255", "0"].map(endOf), { status: 124, runs: 3 }],
    ["end", "1 k 0", ["1", "k", "0"].map(endOf), { status: 125, runs: 2 }],
    ["once", "1 0", [endOf("1"), { kind: "not-started", reason: "ENOENT" } as const], { status: 127, runs: 2 }],
  ])("says why it stopped also after a run that failed, which GNU may not: %s %s", (program, input, ends, wanted) => {
    expect(fold(ends)).toEqual(wanted);
    expect([123, wanted.status]).toContain(ran(program, input).status);
  });
});
