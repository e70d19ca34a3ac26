import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeAwkProgram } from "../../../src/utilities/awk/judge-awk-program.js";
import { complaints, runAll } from "./run-awk.js";

const text = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8").trim();

/** A program that takes one line in a file: `¶` stands for the end of a line. */
const unfolded = (line: string): string => line.replaceAll("¶", "\n");

const codeOf = (program: string): string => {
  const verdict = judgeAwkProgram(program);
  return verdict.ok ? "accepted" : verdict.error.code;
};

const ordinary = text("ordinary.txt").split("\n");

/** The lines of a part of `positions.txt`. */
const positionsOf = (title: string): readonly string[] => {
  const part = text("positions.txt")
    .split("\n\n")
    .find((each) => each.startsWith(`== ${title}\n`));
  return (part ?? "").split("\n").slice(1).map(unfolded);
};

const refused = text("refused.txt").split("\n").map(unfolded);
const expressionPositions = positionsOf("expressions");
const statementPositions = positionsOf("statements");

describe("judgeAwkProgram", () => {
  it.each(ordinary)("accepts %s", (program) => {
    expect(judgeAwkProgram(program)).toEqual({ ok: true, value: undefined });
  });

  it("is tried with more than a hundred and fifty programs that gawk runs in its sandbox", async () => {
    expect(ordinary.length).toBeGreaterThan(150);
    const runs = [
      ...(await runAll(ordinary, { options: ["--sandbox"] })),
      ...(await runAll(ordinary, { options: ["--sandbox"], input: "a 1 2\nb 3 4\n" })),
    ];
    expect(runs.filter(({ code }) => code !== 0)).toEqual([]);
  });

  it("is tried with programs that mean the same outside of the sandbox", async () => {
    const file = fileURLToPath(new URL("ordinary.txt", import.meta.url));
    const inside = await runAll(ordinary, { options: ["--sandbox"], files: [file, "-"], input: "a 1 2\nb 3 4\n" });
    expect(inside).toEqual(await runAll(ordinary, { files: [file, "-"], input: "a 1 2\nb 3 4\n" }));
    expect(inside.filter(({ code }) => code === undefined)).toEqual([]);
  });

  it.each([
    ['system("id")', "awk-runs-command"],
    ["ENVIRON[1]", "awk-reads-environment"],
    ["PROCINFO[1]", "awk-reads-environment"],
    ["SYMTAB[1]", "awk-reads-environment"],
    ["FUNCTAB[1]", "awk-reads-environment"],
    ["ARGV[1]", "awk-changes-arguments"],
    ["ARGC", "awk-changes-arguments"],
    ["TEXTDOMAIN", "awk-reads-file"],
    ['bindtextdomain("x")', "awk-reads-file"],
    ['dcgettext("x")', "awk-reads-file"],
    ['dcngettext("x", "y", 1)', "awk-reads-file"],
    ['_"x"', "awk-reads-file"],
    ["@f(1)", "awk-indirect-call"],
    ['@include "x"', "awk-loads-code"],
    ['("id" | getline)', "awk-runs-command"],
    ['("id" |& getline y)', "awk-runs-command"],
    ['(getline < "x")', "awk-reads-file"],
    ['(getline y < "x")', "awk-reads-file"],
    ['(getline $1 < "x")', "awk-reads-file"],
    ['(getline y[1] < "x")', "awk-reads-file"],
    ["awk::x", "awk-not-understood"],
    ["@/x/", "awk-not-understood"],
  ])("refuses %s in every position", (expression, code) => {
    const programs = expressionPositions.map((position) => position.replace("NAME", () => expression));
    expect(programs.map((program) => [program, codeOf(program)])).toEqual(programs.map((program) => [program, code]));
  });

  it.each([
    ['print > "x"', "awk-writes-file"],
    ['print>"x"', "awk-writes-file"],
    ['print $1 > "x"', "awk-writes-file"],
    ['print $1, $2 > "x"', "awk-writes-file"],
    ["print $1 > $2", "awk-writes-file"],
    ['print ($1) > "x"', "awk-writes-file"],
    ['print ($1)($2) > "x"', "awk-writes-file"],
    ['print ($1, $2) > "x"', "awk-writes-file"],
    ['print a[1] > "x"', "awk-writes-file"],
    ["print a[1 > 2]", "awk-writes-file"],
    ["print x ? y > z : w", "awk-writes-file"],
    ['print f(1) > "x"', "awk-writes-file"],
    ['print length > "x"', "awk-writes-file"],
    ['print -1 > "x"', "awk-writes-file"],
    ['print !x > "x"', "awk-writes-file"],
    ['print x in a > "x"', "awk-writes-file"],
    ['print x ~ y > "x"', "awk-writes-file"],
    ['print x && y > "x"', "awk-writes-file"],
    ['print /x/ > "x"', "awk-writes-file"],
    ['print /[/]/ > "x"', "awk-writes-file"],
    ['print "a\\"" > "x"', "awk-writes-file"],
    ['print x = 1 > "x"', "awk-writes-file"],
    ['print x \\\n> "x"', "awk-writes-file"],
    ['printf "%s", x > "x"', "awk-writes-file"],
    ['printf("%s", x) > "x"', "awk-writes-file"],
    ['print > "/dev/stderr"', "awk-writes-file"],
    ['print > "/inet/tcp/0/x/80"', "awk-writes-file"],
    ['print >> "x"', "awk-writes-file"],
    ['print x >>"x"', "awk-writes-file"],
    ['print | "sh"', "awk-runs-command"],
    ['print x |"sh"', "awk-runs-command"],
    ['print(x)|"sh"', "awk-runs-command"],
    ['print x |& "sh"', "awk-runs-command"],
    ['printf "x" | "sh"', "awk-runs-command"],
    ['"id" | getline', "awk-runs-command"],
    ['"id" | getline x', "awk-runs-command"],
    ['while (("id" | getline x) > 0) y', "awk-runs-command"],
    ["for (k in ENVIRON) y", "awk-reads-environment"],
    ["for (ENVIRON in x) y", "awk-reads-environment"],
    ["for (k in SYMTAB) y", "awk-reads-environment"],
    ["delete ARGV", "awk-changes-arguments"],
    ["delete ARGV[1]", "awk-changes-arguments"],
    ["ARGC++", "awk-changes-arguments"],
    ["split($0, ARGV)", "awk-changes-arguments"],
    ["gsub(/x/, y, ARGV[1])", "awk-changes-arguments"],
    ["getline ARGV[1]", "awk-changes-arguments"],
    ['system ("id")', "awk-runs-command"],
    ["system", "awk-runs-command"],
  ])("refuses the statement %s in every position", (statement, code) => {
    const programs = statementPositions.map((position) => position.replace("STATEMENT", () => statement));
    expect(programs.map((program) => [program, codeOf(program)])).toEqual(programs.map((program) => [program, code]));
  });

  it("tries positions where gawk reads a program", async () => {
    const expressions = expressionPositions.map((position) => position.replace("NAME", () => 'system("id")'));
    const statements = statementPositions.map((position) => position.replace("STATEMENT", () => 'print $1 > "x"'));
    expect(expressions.length).toBeGreaterThan(85);
    expect(await complaints([...expressions, ...statements])).toEqual([]);
  });

  it.each([
    "function ENVIRON() {}",
    "function f(ENVIRON) {}",
    "function f(x, ARGV) {}",
    "function system(x) {}",
    "func SYMTAB(x) {}",
  ])("refuses the name in %s", (program) => {
    expect(codeOf(program)).toMatch(/^awk-(?:reads-environment|changes-arguments|runs-command)$/);
  });

  it.each([
    '@include "x"',
    "@include 'x'",
    '@ include "x"',
    '@load "x"',
    '@namespace "x"',
    '@nsinclude "x"',
    'BEGIN {} @load "x"',
    'BEGIN {}\n@include "x"\nBEGIN {}',
  ])("refuses the loading of %s", (program) => {
    expect(codeOf(program)).toBe("awk-loads-code");
  });

  it.each([
    "{print (x > y)}",
    "{print (x) (y > z)}",
    "{print (x, y > z)}",
    "{print(x > y)}",
    "{print x, (y > z)}",
    "{print f(x > y)} function f(x) {return x}",
    "{print substr(x, y > z)}",
    "{print a[(x > y)]}",
    "{print ((x) > (y))}",
    "{print (x > y ? 1 : 2) z}",
    '{printf("%d", x > y)}',
    "{print x >= y}",
    "{x = y > z; print x}",
    "{print x; y = z > x}",
    "{print\ny > z}",
    "{if (x > y) print; if (y > z) print x}",
    "{while (x > y) print x}",
    "x > y",
    "{a[x > y]}",
    "{getline; x > y}",
    "{while (getline x > 0) y}",
    "{while ((getline x) > 0) y}",
    "{(getline) < 5}",
    "{if ((getline x) < 0) y}",
    "{x < y}",
    '{print "> x", "| sh", "system(1)", "ENVIRON", "@f(1)", "getline < x"}',
    "/> x/, /| sh/",
    "/ENVIRON|system\\(|@f/",
    "# print > x | sh; system(1); @include\n1",
    "{environ = argv = Argv = ENVIRONS = MY_ENVIRON = systems = 1}",
    "{include = load = namespace = eval = 1}",
    '{_ = 1; print _ "x", _x, x_}',
  ])("accepts %j, where nothing is redirected", async (program) => {
    expect(judgeAwkProgram(program)).toEqual({ ok: true, value: undefined });
    expect(await complaints([program])).toEqual([]);
  });

  it.each([
    "",
    " ",
    "\n",
    "{x\u00a0}",
    "{x\r}",
    "{x\u0000}",
    '{"\u0007"}',
    "# \u001b\n1",
    "{x\u000b}",
    "{x\f}",
    '{"\ud800"}',
    "\ufeff1",
    "a b c {print} d\u00ad",
    ...refused,
  ])("refuses %j", (program) => {
    expect(judgeAwkProgram(program)).toMatchObject({ ok: false });
  });

  it("says what is wrong, where, and what to write instead", () => {
    const problems = [
      '{print $1 > "out"}',
      'BEGIN {print ENVIRON["HOME"]}',
      "{print $1 $2",
      "{print awk::x}",
      '{print | "sort"}',
    ].map((program) => judgeAwkProgram(program));
    expect(problems).toEqual([
      {
        ok: false,
        error: {
          code: "awk-writes-file",
          message: "`>` behind `print` in an awk program writes to a file",
          hint: "leave it out, as what is printed is the answer; put a comparison in parentheses, as in `print ($1 > 5)`",
          offset: 10,
        },
      },
      {
        ok: false,
        error: {
          code: "awk-reads-environment",
          message: "`ENVIRON` in an awk program reads the environment",
          hint: "pass the value with `-v name=value` and use `name`",
          offset: 13,
        },
      },
      {
        ok: false,
        error: {
          code: "awk-not-understood",
          message: "the awk program ends too early",
          hint: "close every brace, parenthesis and bracket",
          offset: 12,
        },
      },
      {
        ok: false,
        error: {
          code: "awk-not-understood",
          message: "`awk::` in the awk program is the name of a namespace",
          hint: "leave out the namespace",
          offset: 7,
        },
      },
      {
        ok: false,
        error: {
          code: "awk-runs-command",
          message: "`|` in an awk program runs a command",
          hint: "leave it out, and write the next stage behind the awk program, as in `awk '{print $1}' | sort`",
          offset: 7,
        },
      },
    ]);
  });

  it("writes one line of lower case for every refusal", () => {
    const scraps = fc.constantFrom(
      ..."\n\r\t\"'`/[]{}()@|><=;:.#\\\u2028é",
      "x",
      "1",
      "print ",
      "getline",
      "system",
      "f(",
      "case ",
      "x::",
    );
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 10 }), (parts) => {
        const program = parts.join("");
        const verdict = judgeAwkProgram(program);
        if (verdict.ok) return;
        expect(verdict.error.message).toMatch(/^[a-z`][^\n\r\u2028]*[^.]$/);
        expect(verdict.error.hint).toMatch(/^[a-z`"][^\n\r\u2028]*[^.]$/);
        expect(verdict.error.offset).toBeLessThanOrEqual(program.length);
      }),
      { numRuns: 3_000 },
    );
  });

  it("accepts every text between quotes, and as a comment", () => {
    const piece = fc.oneof(
      fc.constantFrom("system(1)", "ENVIRON", "| getline", "> x", "@include", "\\\\", '\\"', "/", "#", "{", ")", "::"),
      fc.string({ unit: "grapheme" }).map((each) => each.replaceAll(/[\0-\x1f\x7f"\\]/g, "")),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const joined = pieces.join("");
        const programs = [`{print "${joined}"}`, `1 # ${joined}`, `# ${joined}\n{print}`];
        expect(programs.map(codeOf)).toEqual(programs.map(() => "accepted"));
      }),
    );
  });

  it.each([
    "(",
    "{",
    "[",
    "$",
    "!",
    "-",
    "a[",
    "x ? ",
    "x=",
    "x ",
    "1+",
    "if (x) ",
    "x;",
    "{}",
    "{x}",
    "/x/,",
    '"x" ',
    "/[",
    "/[[:x:",
    "[",
    "/",
    "\\",
    '"',
    "#",
    "#\n",
    "\n",
    " ",
    "\\\n",
    "x && \n",
    "f(",
    "substr(",
    "print ",
    "getline ",
    "case ",
    "++",
    "x++ ",
    "/\\/",
    "/]",
    "0",
    "a",
    "for (;;) ",
    "do ",
    "function f(",
    "x in a ",
    "x:",
    "1.",
    "é",
  ])("judges 120 KiB of %j in linear time", (piece) => {
    const program = piece.repeat(Math.floor((120 * 1024) / piece.length));
    const start = performance.now();
    for (const whole of [program, `{${program}`, `{print /${program}`, `{print "${program}`]) judgeAwkProgram(whole);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
