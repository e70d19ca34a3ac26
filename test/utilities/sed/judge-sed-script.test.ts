import { tmpdir } from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleWords } from "../../../src/utilities/example-words.js";
import { matchUtility } from "../../../src/utilities/match-utility.js";
import { judgeSedScript } from "../../../src/utilities/sed/judge-sed-script.js";
import { grammars } from "../grammar-files.js";
import { oneLiners } from "./one-liners.js";
import { sedScript } from "./random-sed-script.js";
import { runSed } from "./run-sed.js";

const codeOf = (script: string): string => {
  const judged = judgeSedScript(script);
  return judged.ok ? "ok" : judged.error.code;
};

const ACCEPTED = [
  "",
  " ;\n\t",
  "# w x",
  "# e id\\\np",
  "s/x/e/",
  "s/x/w y/",
  "s/e/w/p;p",
  "/error/p",
  "/w x/d",
  "/a/,/e >x/p",
  "a w x",
  "i\\\nr c\\\nw x\np",
  "c\\w x",
  "a }",
  "y/rw/wr/",
  "swawbw",
  "seaebe",
  "s;w x;e;;p",
  "s}a}b}",
  "{s}a}b}}",
  "s[a[b[",
  "s]a]b]",
  "s/[/w x]/y/",
  "s/[]/w x]/y/",
  "s/[^]/]/y/",
  "s/[[:alpha:]/]/y/",
  "s/[[.-.]/]/y/",
  "s/[[/]/y/",
  "s/[\\]/y/",
  "s/\\[/]/",
  "s/\\\\/w/",
  "s/a\\\nb/c\\\nd/",
  "s|a\\|b|c|",
  "s/a/b/ g 2 p ; p",
  "s/a/b/gpiImM12",
  "s/a/b/#w x",
  "s/a/b/;#w x",
  "{s/a/b/}",
  "s/a/\\cA\\cb/",
  "\\wawp",
  "\\/a/p",
  "\\%a%Ip",
  "\\,a\\,b,p",
  "/a/I,/b/M!p",
  "/a/ I M p",
  "0,/a/d",
  "0 , \\|a| d",
  "0~3d",
  "1~0d",
  "2,+3d",
  "2,~4d",
  "$!N",
  "1 , 3 ! p",
  "!p",
  "{{p};{d}}",
  "{};{}",
  "{p;;}",
  "1{p}#w x",
  ":a;ba",
  ": a.b-c_1 ;b a.b-c_1 # x",
  "{b};{t};{T}",
  "b;t;T",
  ":a\nta\nTa",
  "l;l5;l 5",
  "q;Q;q5;1Q 5;$!q",
  "v;v4;v 4.2;v 4.2.1 # x",
  "=;d;D;g;G;h;H;n;N;p;P;x;z",
  "y/abc/xyz/;y,a\\,,b\\n,",
  "y/é\\\\\\n/e\\t\\//",
  "/a/i foo",
  "1i\\  foo",
  "1i\\\\tfoo",
  "$a\\\n",
  "a \\  foo",
  "a é\\é",
  "$a\\",

  "c \\",
];

describe("judgeSedScript", () => {
  it.each(ACCEPTED)("accepts %j, which sed compiles", (script) => {
    expect(judgeSedScript(script)).toEqual({ ok: true, value: undefined });
    const { stderr } = runSed(["--sandbox", "-n", `--expression=${script}`], tmpdir());
    expect(stderr).toBe("");
  });

  it.each(oneLiners)("accepts %j, which sed runs", ({ options, scripts }) => {
    const words = scripts.length === 1 ? [...scripts] : scripts.flatMap((script) => ["-e", script]);
    const matched = matchUtility(grammars, ["sed", ...options, ...words], "/ws");
    expect(matched).toMatchObject({ ok: true });
    if (!matched.ok) return;
    const text = "regexp foo\n\nAAA x 1234567\nfoo\\\n=bar\n";
    const canonical = runSed(matched.value.argv.slice(1), tmpdir(), text);
    expect(canonical).toEqual({ status: canonical.status, stdout: canonical.stdout, stderr: "" });
    expect(canonical).toEqual(runSed([...options, ...words], tmpdir(), text));
  });

  it.each([
    ...[
      "e",
      "e id",
      "1e id",
      "$!e",
      "/a/,/b/e id",
      "0~1e id",
      "\\,a,Ie id",
      "p;e id",
      "p\ne id",
      "{e",
      "1{p;e id\n}",
      "{p};e",
      "}e",
    ],
    ...[
      "a foo\ne id",
      "a foo\\\\\ne id",
      "i\\\nfoo\ne",
      "#\\\ne id",
      "y/a/b/;e",
      "ba;e",
      "b a;:a;e",
      ":a;e;:b",
      "q5;e",
      "l;e",
      "1!e",
      "1 ! e",
    ],
    ...[
      "s/a/b/e",
      "s/a/b/ge",
      "s/a/b/eg",
      "s/a/b/ e",
      "s/a/b/ I p 2 e",
      "s/a/b/Me;p",
      "s|a|b|e",
      "sxaxbxe",
      "s/[/]/b/e",
      "s/\\//b/e",
    ],
    ...[
      "s/a\\/b/c/e",
      "s/a/b\\\nc/e",
      "s/[[:alpha:]/]/b/e",
      "s/[]/]/b/e",
      "s/[\\]/b/e",
      "s/[^]/]/b/e",
      "s///e",
      "seaebee",
      "s/a/b/;s/a/b/e",
    ],
  ])("refuses %j, which runs a program", (script) => {
    expect(codeOf(script)).toBe(script === "}e" ? "sed-not-understood" : "sed-runs-command");
  });

  it.each([
    "r c",
    "rc",
    "r",
    "1r c",
    "$r c",
    "0r c",
    "R c",
    "/a/R c",
    "{r c\n}",
    "p;r c",
    "a x\nr c",
    "r/dev/stdin",
    "1!R c",
    "\\%a%r c",
  ])("refuses %j, which reads a file", (script) =>
    expect(codeOf(script)).toBe(script === "0r c" ? "sed-not-understood" : "sed-reads-file"),
  );

  it.each([
    "w x",
    "wx",
    "w",
    "W x",
    "w /dev/stdout",
    "1w x",
    "{w x\n}",
    "p;w x",
    "s/a/b/w x",
    "s/a/b/gw x",
    "s/a/b/ w x",
    "s/a/b/pw /dev/stdout",
    "s/a/b/w",
    "$!{w x",
    "#\nw x",
  ])("refuses %j, which writes a file", (script) => expect(codeOf(script)).toBe("sed-writes-file"));

  it.each(["F", "1F", "{F}", "p;F", "$!F"])("refuses %j, which names a file", (script) => {
    expect(codeOf(script)).toBe("sed-names-file");
  });

  it.each([
    ...[
      "k",
      "L",
      "M",
      "@",
      '"p"',
      "'",
      "é",
      "\u00a0p",
      "\u3000p",
      "\rp",
      "\u000bp",
      "p\r",
      "p\u00a0",
      "s/a/b/\r",
      "s/a/b/\r\np",
      "\0",
      "p;\0",
    ],
    ...[
      "pp",
      "p p",
      "p,",
      "{p}p",
      "{}{}",
      "s/a/b/x",
      "s/a/b/c/",
      "s/a/b/gg",
      "s/a/b/pp",
      "s/a/b/0",
      "s/a/b/1 2",
      "s/a/b/S",
      "y/a/b/g",
    ],
    ...[
      "s",
      "s/",
      "s/a",
      "s/a/",
      "s/a/b",
      "s/a/b\\",
      "s/a\nb/c/",
      "s/a/b\nc/",
      "s/[/x/",
      "s/[]/x/",
      "s/[^]/x/",
      "s/[[:alpha:/x/",
      "s/[a\n]/x/",
    ],
    ...[
      "s\\a\\b\\",
      "s a b ",
      "s\ta\tb\t",
      "s\na\nb\n",
      "séaébé",
      "s\ra\rb\r",
      "y\\a\\b\\",
      "\\ a p",
      "\\\\a\\p",
      "\\\na\np",
      "\\éaép",
      "/a",
      "\\,a",
      "/a\n/p",
    ],
    ...[
      "s/\\c//x/",
      "s/\\c[/]/x/",
      "s/\\c\\/x/",
      "s/\\c",
      "scac\\ccc",
      "s/a/\\c\\/",
      "/\\c/p",
      "a x\\c\\y",
      "a x\\c\np",
    ],
    ...[
      "y",
      "y/a/",
      "y/a/b",
      "y/ab/c/",
      "y/a/\\q/",
      "y/a/\\&/",
      "y&a&\\&&",
      "y/a/\\\n/",
      "y/a/\\cA/",
      "y/a/\\x41/",
      "y/a-z/A/",
    ],
    ...[
      "1",
      "1,",
      "1,p",
      ",2p",
      "1,2",
      "1!",
      "1!!p",
      "1! !p",
      "1;p",
      "+1p",
      "~2p",
      "1,+p",
      "1,~p",
      "1~p",
      "0p",
      "0,1p",
      "0,$p",
      "0,+1p",
      "0~0p",
      "0!p",
      "1234567890p",
    ],
    ...["//Ip", "\\,,Ip", "s//x/I", "s,,x,gM", "1,/a/I,2p", "/a/Xp"],
    ...["{", "{p", "}", "p}", "{p}}", "1}", "1,2}", "{a x}", "{i\\\nx\n", "{:a}", "{:a ;b a"],
    ...[
      ":",
      ": ",
      ":;p",
      ":a p",
      ":a b",
      ":a}",
      ":é",
      ":a\rp",
      ":a!",
      ":a:b",
      "1:a",
      "!:a",
      ":a;:a",
      "b x",
      "t x;:y",
      "bé",
      "b a c",
      "ba:b",
      "b a\r",
    ],
    ...["a", "a ", "a\np", "a\\  \np", "a\\ \\\np", "a\\\\\np", "a\\\\", "a\\\\\\x", "a x\\"],
    ...[
      "1,2q",
      "1,2Q5",
      "qx",
      "q5p",
      "l5p",
      "l x",
      "q1234567890",
      "1#x",
      "v 9",
      "v 4.9",
      "v 5",
      "1v",
      "v 4.2 p",
      "v}",
      "vx",
    ],
  ])("refuses %j, which is not sure to be read as it looks", (script) => {
    expect(codeOf(script)).toBe("sed-not-understood");
  });

  it.each([
    [
      "s/a/b/;w out.txt\np",
      "sed-writes-file",
      "`w out.txt` at character 8 of the sed script writes a file",
      "print instead, as in `sed -n '/a/p'` or `sed -n 's/a/b/p'`: the output of the last stage is the answer",
      7,
    ],
    [
      "#é😀\n/x/s/.*/id/ge;p",
      "sed-runs-command",
      "`s/.*/id/ge` at character 8 of the sed script runs a program",
      "leave it out; a program is a stage of its own, joined by `|`, and `s` without the flag changes text: `sed 's/a/b/g'`",
      8,
    ],
    [
      "$r /etc/passwd",
      "sed-reads-file",
      "`r /etc/passwd` at character 2 of the sed script reads a file",
      "put text in with `a`, as in `sed '1a text'`, or give the files in their order as operands, as in `cat head.txt body.txt`",
      1,
    ],
    [
      "1{p;F}",
      "sed-names-file",
      "`F` at character 5 of the sed script prints the name of the input file on this machine",
      "leave it out, and make one call for each file",
      4,
    ],
    [
      "s/a/b",
      "sed-not-understood",
      "`s/a/b` at character 1 of the sed script has no `/` at its end",
      "end each part with the delimiter, as in `sed 's/a/b/'`; a delimiter that is text has a backslash before it, and a line break is `\\n`",
      0,
    ],
    [
      "s/a/b/c/",
      "sed-not-understood",
      "`c` at character 7 of the sed script is no flag of `s`",
      "flags are `g`, `p`, `I`, `M` and a number; where the delimiter is part of the text, take another, as in `sed 's|/a|/b|'`, and put `;` before the next command",
      6,
    ],
    [
      "/a/",
      "sed-not-understood",
      "`/a/` at character 1 of the sed script is an address without a command",
      "write a command after it, such as `sed -n '2,5p'`",
      0,
    ],
  ])("says what, where and what to write instead: %j", (script, code, message, hint, offset) => {
    expect(judgeSedScript(script)).toEqual({ ok: false, error: { code, message, hint, offset } });
  });

  it("names calls that are accepted in its hints", () => {
    const calls = new Set<string>();
    for (const script of [
      ...fc.sample(sedScript, 3000),
      "F",
      "b x",
      "y/a/bc/",
      "0p",
      ":",
      "1,2q",
      "1}",
      "//Ip",
      "1#",
      "a",
    ]) {
      const judged = judgeSedScript(script);
      if (judged.ok) continue;
      for (const [, call = ""] of judged.error.hint.matchAll(/`((?:sed|cat) [^`]+)`/g)) calls.add(call);
    }
    expect(calls.size).toBeGreaterThan(12);
    expect([...calls].filter((call) => !matchUtility(grammars, exampleWords(call) ?? [], "/ws").ok)).toEqual([]);
  });

  it("writes one line of lower case for every refusal", () => {
    const odd = fc.array(
      fc.constantFrom("`", "\n", "\r", "\u2028", "\u202e", "é", "😀", "\ud800", "s", "/", "{", "a", "w", "\\"),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          sedScript,
          odd.map((parts) => parts.join("")),
        ),
        (script) => {
          const judged = judgeSedScript(script);
          if (judged.ok) return;
          expect(judged.error.message).toMatch(
            /^(?:`[^`\p{C}\p{Zl}\p{Zp}]+`|the end) at character \d+ of the sed script [^\n]*[^.]$/u,
          );
          expect(judged.error.hint).toMatch(/^[a-z`][\x20-\x7e]*[^.]$/);
          expect(judged.error.offset).toBeLessThanOrEqual(script.length);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    "p;",
    "s/a/b/;",
    "{",
    "[",
    "s/[",
    "s/[[",
    "\\",
    "a\\\n",
    "#",
    "1,",
    "/a/",
    "y/a/",
    ":a;",
    "ba;",
    "\n",
    "é",
    "s/[[:a:]",
    "[^]",
    "1~",
    "s/a/b/ ",
  ])("judges 120 KiB of %j in linear time", (piece) => {
    const pieces = piece.repeat(Math.floor((120 * 1024) / piece.length));
    for (const script of [pieces, `s/${pieces}`, `s/[${pieces}`, `a ${pieces}`, `y/${pieces}`]) {
      const start = performance.now();
      judgeSedScript(script);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});
