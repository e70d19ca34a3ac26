import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeJqProgram } from "../../../src/utilities/jq/judge-jq-program.js";
import { compiles } from "./run-jq.js";

const text = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

/** What stands after the comment at the top, one program on a line; a tab goes on with it. */
const programsOf = (name: string): readonly string[] =>
  text(name)
    .slice(text(name).indexOf("\n\n"))
    .split(/\n(?!\t)/)
    .filter((program) => program !== "")
    .map((program) => program.replaceAll("\n\t", "\n"));

const codeOf = (program: string): string => {
  const verdict = judgeJqProgram(program);
  return verdict.ok ? "accepted" : verdict.error.code;
};

/** The programs that are not accepted, with their codes. */
const refusedOf = (programs: readonly string[]) =>
  programs.map((program) => [codeOf(program), program] as const).filter(([code]) => code !== "accepted");

const ordinary = text("ordinary.txt").split("\n");
const ordinaryEverywhere = ordinary.slice(0, ordinary.indexOf(""));
const positions = text("positions.txt")
  .split("\n")
  .filter((line) => line !== "");

describe("judgeJqProgram", () => {
  it("accepts every example of jq's manual but the two that read the environment", () => {
    const examples = programsOf("manual.txt");
    expect(examples.length).toBe(236);
    expect(refusedOf(examples)).toEqual([
      ["jq-reads-environment", "$ENV.PAGER"],
      ["jq-reads-environment", "env.PAGER"],
    ]);
  });

  it("accepts every program of jq's own tests but those that load modules", () => {
    const programs = programsOf("jq-tests.txt");
    expect(programs.length).toBe(570);
    const loads = programs.filter((program) => /^(?:import|include) |^modulemeta/.test(program));
    expect(loads.length).toBe(12);
    expect(refusedOf(programs)).toEqual(loads.map((program) => ["jq-loads-module", program]));
  });

  it("accepts what people write besides", () => {
    const programs = ordinary.filter((line) => line !== "");
    expect(programs.length).toBeGreaterThan(100);
    expect(refusedOf(programs)).toEqual([]);
  });

  it("is tried with programs that the installed jq compiles too", async () => {
    expect(ordinaryEverywhere.length).toBeGreaterThan(80);
    expect(await compiles(ordinaryEverywhere)).toEqual(ordinaryEverywhere.map(() => true));
    // What later versions added does not compile with 1.6.
    expect((await compiles(programsOf("manual.txt"))).filter((answer) => answer).length).toBeGreaterThan(200);
  });

  it.each([
    ["env", "jq-reads-environment"],
    ["$ENV", "jq-reads-environment"],
    ["modulemeta", "jq-loads-module"],
    ["import", "jq-loads-module"],
    ["include", "jq-loads-module"],
    ["m::f", "jq-loads-module"],
    ["$m::d", "jq-loads-module"],
    ["input_filename", "jq-names-input-file"],
    ["get_search_list", "jq-names-input-file"],
    ["get_jq_origin", "jq-names-input-file"],
    ["get_prog_origin", "jq-names-input-file"],
    ["$__prog_args", "jq-not-understood"],
  ])("refuses %s in every position", (name, code) => {
    for (const position of positions) {
      const program = position.replace("NAME", () => name);
      expect([program, codeOf(program)]).toEqual([program, code]);
    }
  });

  it("tries names in positions where jq really runs them", async () => {
    const programs = positions.map((position) => position.replace("NAME", () => "env"));
    const answers = await compiles(programs);
    expect(answers.filter((answer) => answer).length).toBeGreaterThan(110);
  });

  it.each(["env", "$ENV", "modulemeta", "import", "include", "input_filename", "get_search_list", "module"])(
    "accepts %s in comments, which every version of jq ends alike",
    (name) => {
      for (const comment of [`# ${name}`, `1 #${name}\n`, `1 # "${name}\n`, `"\\(1 # ${name}\n)"`, `. #\t.${name}.x`])
        expect([comment, codeOf(comment)]).toEqual([comment, "accepted"]);
    },
  );

  it.each([
    ['import "m" as m; m::f', "jq-loads-module"],
    ['import "d" as $d {search:"/etc"}; $d', "jq-loads-module"],
    ['\n\timport "d" as $d; 1', "jq-loads-module"],
    ['# first\nimport "d" as $d; 1', "jq-loads-module"],
    ['include "m"; canary', "jq-loads-module"],
    ['include"m";canary', "jq-loads-module"],
    ['module {}; include "m"; 1', "jq-loads-module"],
    ["module {}; 1", "jq-loads-module"],
    ['"m"|modulemeta', "jq-loads-module"],
    ["{m::env}", "jq-loads-module"],
    ["env::x", "jq-loads-module"],
    ["$ENV::PATH", "jq-loads-module"],
    ["{$ENV}", "jq-reads-environment"],
    ["{a:1,$ENV}", "jq-reads-environment"],
    ["{$ENV:1}", "jq-reads-environment"],
    ["1 as $ENV|$ENV", "jq-reads-environment"],
    ["1 as [$ENV]|1", "jq-reads-environment"],
    [". as {$ENV}|1", "jq-reads-environment"],
    [". as {a:$ENV}|1", "jq-reads-environment"],
    [". as {$ENV:[$x]}|1", "jq-reads-environment"],
    [". as [$a] ?// $ENV|1", "jq-reads-environment"],
    ["def f($ENV): $ENV; f(1)", "jq-reads-environment"],
    ["label $ENV|1", "jq-reads-environment"],
    ["reduce .[] as $ENV (0;1)", "jq-reads-environment"],
    ["def env: 1; env", "jq-reads-environment"],
    ["def env: 1; 1", "jq-reads-environment"],
    ["def f(env): env; f(1)", "jq-reads-environment"],
    ["{env.PATH}", "jq-not-understood"],
    ["{env|.PATH:1}", "jq-not-understood"],
    ["{env as $x:1}", "jq-not-understood"],
    ["[env,1]", "jq-reads-environment"],
    ["[env]", "jq-reads-environment"],
    ["(env,1)", "jq-reads-environment"],
    ["{a:[1,env,2]}", "jq-reads-environment"],
    ["{a:(1,env,2)}", "jq-reads-environment"],
    ['{a:"\\(1,env,2)"}', "jq-reads-environment"],
    ["{a: if {end:1}, env, 2 then 3 else 4 end}", "jq-reads-environment"],
    ["{a: if .end, env, 2 then 3 else 4 end}", "jq-reads-environment"],
    ["{a: if $end, env, 2 then 3 else 4 end}", "jq-reads-environment"],
    ['{a: if "end", env, 2 then 3 else 4 end}', "jq-reads-environment"],
    ["{a: if 1 then 2 #end\n, env, 2 else 4 end}", "jq-reads-environment"],
    ["{a:[if 1]}, env, 2", "jq-not-understood"],
    ["1.env", "jq-not-understood"],
    [".1env", "jq-not-understood"],
    ["1env", "jq-not-understood"],
    ["1e1env", "jq-not-understood"],
    ["1e+1env", "jq-not-understood"],
    [".e+1env", "jq-not-understood"],
    ["..env", "jq-not-understood"],
    [".. env", "jq-not-understood"],
    [". env", "jq-not-understood"],
    [".\nenv", "jq-not-understood"],
    [".#\nenv", "jq-not-understood"],
    [".[]env", "jq-not-understood"],
    [".a env", "jq-not-understood"],
    ['"a"env', "jq-not-understood"],
    ["@text env", "jq-not-understood"],
    ["?env", "jq-not-understood"],
    ["\tenv\n", "jq-reads-environment"],
    ["env#", "jq-reads-environment"],
    ["#\nenv", "jq-reads-environment"],
    ["#a\\ \nenv", "jq-reads-environment"],
    ["#a\\", "jq-not-understood"],
    ["#a\\\nenv", "jq-not-understood"],
    ["#a\\\\\nenv", "jq-not-understood"],
    ["#a\\\r\nenv", "jq-not-understood"],
    ['1 # \\\n"\n| env # "', "jq-not-understood"],
    ['1 # \\\n(\n# ")"', "jq-not-understood"],
    ["1 #a\r|env", "jq-not-understood"],
    ["1\r|env", "jq-not-understood"],
    ["...env", "jq-not-understood"],
    ["1..env", "jq-not-understood"],
    ["1.5.env", "jq-not-understood"],
    ["$ ENV", "jq-not-understood"],
    ["$\tENV", "jq-not-understood"],
    ["$\nENV", "jq-not-understood"],
    ["$\n\n ENV", "jq-not-understood"],
    ["$\rENV", "jq-not-understood"],
    ["$\fENV", "jq-not-understood"],
    ["$\vENV", "jq-not-understood"],
    ["$#\nENV", "jq-not-understood"],
    ["$# a comment\n#another\n\tENV", "jq-not-understood"],
    ["{$ ENV}", "jq-not-understood"],
    ["{$\nENV}", "jq-not-understood"],
    [". as {$ ENV}|1", "jq-not-understood"],
    ['"\\($ ENV)"', "jq-not-understood"],
    ["$$ENV", "jq-not-understood"],
    ["$1", "jq-not-understood"],
    ["$", "jq-not-understood"],
    ["$ __loc__", "jq-not-understood"],
    ["$__prog_args", "jq-not-understood"],
    ["$__", "jq-not-understood"],
    ["\u00a0env", "jq-not-understood"],
    ["\ufeffenv", "jq-not-understood"],
    ["\uff45\uff4e\uff56", "jq-not-understood"],
    ["\u0435nv", "jq-not-understood"],
    ["\uff04ENV", "jq-not-understood"],
    ["$\u200bENV", "jq-not-understood"],
    ["e\u200bnv", "jq-not-understood"],
    ["\u{1f600}", "jq-not-understood"],
    ["\ud800", "jq-not-understood"],
    ["\u0000", "jq-not-understood"],
    ['"\u0000"', "jq-not-understood"],
    ["\u0001env", "jq-not-understood"],
    ["e\\\nnv", "jq-not-understood"],
    ["'env'", "jq-not-understood"],
    ["`env`", "jq-not-understood"],
    ["~", "jq-not-understood"],
    ["!", "jq-not-understood"],
    ["&", "jq-not-understood"],
    ["^", "jq-not-understood"],
    ["@", "jq-not-understood"],
    ["@ text", "jq-not-understood"],
    ['"', "jq-not-understood"],
    ['"a', "jq-not-understood"],
    ['"a\\', "jq-not-understood"],
    ['"a\\"', "jq-not-understood"],
    ['"\\(', "jq-not-understood"],
    ['"\\("', "jq-not-understood"],
    ['"\\(1"', "jq-not-understood"],
    ['"\\(1]"', "jq-not-understood"],
    ['"\\("\\(1)")', "jq-not-understood"],
    ['"\\("\\("\\(1)")"', "jq-not-understood"],
    ['"\\d"', "jq-not-understood"],
    ['"\\u12"', "jq-not-understood"],
    ['"\\u(env)"', "jq-not-understood"],
    ['"\\\nenv"', "jq-not-understood"],
    [".a?//1", "jq-not-understood"],
    [".a?//env", "jq-not-understood"],
    [". as [$a] ?//= $a|1", "jq-not-understood"],
    ["{a: def f: 1, env, 2; f}", "jq-not-understood"],
    ["{a: .b as $x | $x, env}", "jq-not-understood"],
    ["{a: label $x | 1, env}", "jq-not-understood"],
    ["{1: 2}", "jq-not-understood"],
    ["{.a: 2}", "jq-not-understood"],
    ["{a, , b}", "jq-not-understood"],
    ["{(1)}", "jq-not-understood"],
    ["{@json: 1}", "jq-not-understood"],
    [". as {a} | 1", "jq-not-understood"],
    [". as [] | 1", "jq-not-understood"],
    [". as x | 1", "jq-not-understood"],
    [". as $x", "jq-not-understood"],
    ["def f 1; f", "jq-not-understood"],
    ["def f(): 1; f", "jq-not-understood"],
    ["def if: 1; .", "jq-not-understood"],
    ["def f(if): 1; .", "jq-not-understood"],
    ["def .a: 1; .", "jq-not-understood"],
    ["f()", "jq-not-understood"],
    ["f(1;)", "jq-not-understood"],
    ["f(1,)", "jq-not-understood"],
    ["if . then 1", "jq-not-understood"],
    ["if . else 1 end", "jq-not-understood"],
    ["try", "jq-not-understood"],
    ["try 1 catch", "jq-not-understood"],
    ["reduce . (0;1)", "jq-not-understood"],
    ["reduce . as $x (0)", "jq-not-understood"],
    ["reduce . | . as $x (0;1)", "jq-not-understood"],
    ["foreach . as $x (0;1;2;3)", "jq-not-understood"],
    ["break", "jq-not-understood"],
    ["label out | .", "jq-not-understood"],
    ["end", "jq-not-understood"],
    [". |", "jq-not-understood"],
    ["| .", "jq-not-understood"],
    [".a = ", "jq-not-understood"],
    [". .", "jq-not-understood"],
    [".a..b", "jq-not-understood"],
    [".[1:2:3]", "jq-not-understood"],
    ["1 2", "jq-not-understood"],
    ["(", "jq-not-understood"],
    [")", "jq-not-understood"],
    ["(]", "jq-not-understood"],
    ["[)", "jq-not-understood"],
    ["{)}", "jq-not-understood"],
    ["[1", "jq-not-understood"],
    ["{a:1", "jq-not-understood"],
    [".a}", "jq-not-understood"],
  ])("refuses %j", (program, code) => {
    expect(codeOf(program)).toBe(code);
  });

  it.each([
    "",
    " \n\t",
    "#",
    "# nothing to see, not even an environment",
    "# a\\b\n.",
    ".env",
    ".a.env.b",
    "..|.env?",
    '."env"',
    '.["env"]',
    '."$ENV"',
    "{env}",
    "{env,a}",
    "{a,env}",
    "{env:1}",
    "{env :1}",
    "{env\n:1}",
    "{env#\n:1}",
    "{#\nenv}",
    '{"env":1}',
    '{"env"}',
    "{import,include,module,modulemeta,input_filename,get_search_list}",
    "{a:1|2,env}",
    "{a:(1,2),env:[3,4]}",
    "{a:{b},env}",
    '{a:"\\(1,2)",env}',
    "{a: if 1 then 2 else 3 end, env}",
    "{a: if 1 then 2 end, env: 3}",
    "{if:1, env}",
    "{a: .if, env}",
    "{(.a):1, env:2}",
    "{$a, env}",
    "{$__loc__, env}",
    '{@base64 "a":1, env}',
    ". as {env:$env}|$env",
    ". as {a:$x, env:[$y]} ?// {env:$x, a:$y}|$x",
    "$env",
    "{$env}",
    "$ENVIRONMENT",
    "$MY_ENV",
    "environment",
    ".import, .include, .module, .and, .if, .def",
    '"env $ENV import include input_filename"',
    '"# env"',
    '"\\\\(env)"',
    '"a" # a "comment" with (brackets',
    "@env",
    "$__loc__",
    "input_line_number",
    "debug, stderr, halt_error",
    "input, inputs",
    "if 1then 2else 3end",
    ".. .env",
    "{env:{env:{env}}}",
  ])("accepts %j, where the names are data", (program) => {
    expect(judgeJqProgram(program)).toEqual({ ok: true, value: undefined });
  });

  it("says where, what and what to write instead", () => {
    expect(judgeJqProgram(".a | env.HOME")).toEqual({
      ok: false,
      error: {
        code: "jq-reads-environment",
        message: "`env` in a jq program reads the environment",
        hint: "pass values with `--arg name value` and use `$name`; a field is `.env`, a key `{env: …}`, and a function of your own needs another name",
        offset: 5,
      },
    });
  });

  it.each([
    [
      ".a b",
      "`b` is not understood at this place of the jq program",
      'join filters with `|` or `,`, and write fields as `.name` or `.["any name"]`',
      3,
    ],
    [
      ".a?//1",
      "`?//` is not understood at this place of the jq program",
      "put a blank between `?` and `//`: `.a? // 1`",
      2,
    ],
    ["if .a | .b end", "`end` stands where `then` is expected in the jq program", "write `then` there", 11],
    ["if .a then 1", "the jq program ends where `end` is expected", "go on with `end`", 12],
    [".a |", "the jq program ends too early", "go on with a filter such as `.`", 4],
    [
      "include",
      "`include` in a jq program needs module files",
      "define functions in the program itself with `def name: …;`; a field of that name is `.import`, a key is `{import: …}`",
      0,
    ],
  ])("says what is wrong with %j", (program, message, hint, offset) => {
    const verdict = judgeJqProgram(program);
    expect(verdict.ok ? undefined : [verdict.error.message, verdict.error.hint, verdict.error.offset]).toEqual([
      message,
      hint,
      offset,
    ]);
  });

  it.each([
    ["(", ".", ")"],
    ["[", ".", "]"],
    ["{a:", ".", "}"],
    ['"\\(', ".", ')"'],
    ["try ", ".", ""],
    ["f(", ".", ")"],
    [".[", ".", "]"],
    ["def f: ", "1", "; f"],
    ["if 1 then ", ".", " end"],
    [". as [", "$x", "]|."],
  ])("reads %j nested a hundred times, and refuses it nested a thousand times", (before, inside, after) => {
    const nested = (times: number) =>
      before === ". as ["
        ? `. as ${"[".repeat(times)}${inside}${"]".repeat(times)}|.`
        : before.repeat(times) + inside + after.repeat(times);
    expect([codeOf(nested(100)), codeOf(nested(1_000))]).toEqual(["accepted", "jq-not-understood"]);
  });

  it("reads chains of any length", () => {
    for (const link of [".|", ".,", "-", "1 as $x|", "def f: 1;", ". + ", "label $x|"])
      expect([link, codeOf(`${link.repeat(5_000)}.`)]).toEqual([link, "accepted"]);
    for (const link of ["[0]", ".a", "?"])
      expect([link, codeOf(`$x${link.repeat(5_000)}`)]).toEqual([link, "accepted"]);
  });

  it("writes one line of lower case for every refusal", () => {
    const program = fc.array(fc.constantFrom('"', "\\", "\n", "\r", "(", "]", "env", "a::b", "$", "#", "\u2028", "…"), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(program, (tokens) => {
        const verdict = judgeJqProgram(tokens.join(""));
        if (verdict.ok) return;
        expect(verdict.error.message).toMatch(/^[a-z`][\x20-\x7e…]*[^.]$/);
        expect(verdict.error.hint).toMatch(/^[\x20-\x7e…]+$/);
        expect(verdict.error.offset).toBeLessThanOrEqual(tokens.join("").length);
      }),
    );
  });

  it("accepts every text inside a string", () => {
    const dangerous = fc.constantFrom(
      "env",
      "$ENV",
      "$ ENV",
      "\\(env)",
      '"',
      "\\",
      "#",
      "import ",
      "input_filename",
      "\n",
      "m::f",
    );
    const text = fc.array(fc.oneof(dangerous, fc.string({ unit: "binary" })), { maxLength: 12 });
    fc.assert(
      fc.property(text, (parts) => {
        expect(judgeJqProgram(`.a == ${JSON.stringify(parts.join(""))}`)).toEqual({ ok: true, value: undefined });
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    "(",
    '"\\(',
    "{env,",
    "a::",
    "$a::",
    "a",
    "1",
    "1.",
    "1e1",
    "#",
    "# env \n",
    "{a:if ",
    "[{",
    " ",
    '"a"',
    "\\",
    ".",
    "e",
    "?//",
    "end ",
    "()",
    ".a|",
    "[.]|",
    "{a:.}|",
  ])("judges 120 KiB of %j in linear time", (piece) => {
    const program = piece.repeat(Math.floor((120 * 1024) / piece.length));
    const start = performance.now();
    judgeJqProgram(program);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
