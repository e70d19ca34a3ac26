import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeAwkProgram } from "../../../src/utilities/awk/judge-awk-program.js";
import { awkProgram } from "./random-program.js";
import { type AwkRun, complaints, runAll } from "./run-awk.js";

// No awk program: gawk's complaint about it shows it.
const CANARY = "tweet-7f3a9}";

let directory = "";

const clean = () => {
  for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
  writeFileSync(join(directory, "canary"), `${CANARY}\n`);
};

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "awk-"));
  clean();
});

afterAll(() => rmSync(directory, { recursive: true }));

type Trace = {
  readonly programs: readonly string[];
  readonly files: readonly string[];
  readonly shown: readonly string[];
};

const UNTOUCHED = { files: ["canary"], shown: [] };

/** Runs programs where a command can run, a file can be made, and the canary is in a file and in the environment. */
const traceOf = async (
  programs: readonly string[],
  options: readonly string[],
): Promise<Trace & { runs: readonly AwkRun[] }> => {
  const env = { PATH: process.env.PATH ?? "", CANARY };
  const variables = ["-v", "file=canary", "-v", "command=system"];
  const runs = await runAll(programs, {
    options: [...options, ...variables],
    env,
    cwd: directory,
    input: "x 1\ny 2\n",
    timeout: 1_000,
  });
  const shown = runs.filter(({ output }) => output.includes(CANARY)).map(({ program }) => program);
  const files = readdirSync(directory);
  clean();
  return { programs, files, shown, runs };
};

const marking = [
  'BEGIN {system("echo x > mark")}',
  'BEGIN {"echo x > mark" | getline}',
  'BEGIN {"echo x > mark" |& getline y}',
  'BEGIN {print "echo x > mark" | "sh"}',
  'BEGIN {print "x" |& "cat > mark"; close("cat > mark")}',
  'BEGIN {print "x" > "mark"}',
  'BEGIN {print "x" >> "mark"}',
  'BEGIN {printf("x") > "mark"}',
  'BEGIN {print (1)(2) > "mark"}',
  'BEGIN {print (1, 2) > "mark"}',
  'BEGIN {print 1, 2 > "ma" "rk"}',
  'BEGIN {if (1) print > "mark"; else print}',
  'BEGIN {@command("echo x > mark")}',
];

const showing = [
  "BEGIN {getline x < file; print x}",
  'BEGIN {while ((getline < "canary") > 0) print}',
  'BEGIN {"cat canary" | getline; print}',
  'BEGIN {ARGV[1] = "canary"; ARGC = 2} {print}',
  'BEGIN {print ENVIRON["CANARY"]}',
  "BEGIN {for (k in ENVIRON) print ENVIRON[k]}",
  'BEGIN {print SYMTAB["ENVIRON"]["CANARY"]}',
  'function f(a) {print a["CANARY"]} BEGIN {f(ENVIRON)}',
  '@include "canary"',
  'BEGIN {print awk::ENVIRON["CANARY"]}',
];

describe("a program that judgeAwkProgram accepts", () => {
  it.each(marking)("is run where this would make a file: %s", async (program) => {
    expect(await traceOf([program], [])).toMatchObject({ files: ["canary", "mark"] });
    expect(judgeAwkProgram(program).ok).toBe(false);
  });

  it.each(showing)("is run where this would show the canary: %s", async (program) => {
    expect(await traceOf([program], [])).toMatchObject({ shown: [program] });
    expect(judgeAwkProgram(program).ok).toBe(false);
  });

  it("makes no file, runs no command and shows nothing, even without gawk's sandbox", async () => {
    const count = { accepted: 0, ran: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(awkProgram, { minLength: 400, maxLength: 400 }), async (programs) => {
        const accepted = programs.filter((program) => judgeAwkProgram(program).ok);
        const { files, shown, runs } = await traceOf(accepted, []);
        count.accepted += accepted.length;
        count.ran += runs.filter(({ code }) => code === 0).length;
        expect({ files, shown }).toEqual(UNTOUCHED);
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(count.accepted).toBeGreaterThan(700);
    expect(count.ran).toBeGreaterThan(500);
  }, 240_000);

  it("is one that gawk reads too", async () => {
    const accepted = fc.sample(awkProgram, 6_000).filter((program) => judgeAwkProgram(program).ok);
    const unread = (await complaints(accepted)).filter(({ output }) =>
      /syntax error|unterminated|not allowed/.test(output),
    );
    expect(unread).toEqual([]);
    expect(accepted.length).toBeGreaterThan(500);
  }, 120_000);
});

describe("gawk's sandbox alone", () => {
  it.each(marking)("makes no file of %s", async (program) => {
    expect(await traceOf([program], ["--sandbox"])).toMatchObject(UNTOUCHED);
  });

  it("shows nothing of files, but for `@include` and the environment", async () => {
    const { shown, files } = await traceOf(showing, ["--sandbox"]);
    expect(files).toEqual(UNTOUCHED.files);
    expect(shown).toEqual(showing.filter((program) => /ENVIRON|@include/.test(program)));
  });

  it("makes no file of random programs that nobody judged", async () => {
    const { files } = await traceOf(fc.sample(awkProgram, 400), ["--sandbox"]);
    expect(files).toEqual(UNTOUCHED.files);
  }, 120_000);
});
