import { describe, expect, it } from "vitest";
import { exampleWords } from "../../../src/utilities/example-words.js";
import { readXargs } from "../../../src/utilities/xargs/read-xargs.js";
import type { XargsCall } from "../../../src/utilities/xargs/xargs-call.js";
import { aCall } from "./a-call.js";

const LINES = { kind: "lines" } as const;

const dividedBy = (character: string) => ({ separator: { kind: "character", character } }) as const;

const NUL = dividedBy("\0");

const read: readonly (readonly [readonly string[], Partial<XargsCall>])[] = [
  [[], {}],
  [["echo"], { command: 1 }],
  [["--", "echo", "--", "-n", "2"], { command: 2 }],
  [["-"], { command: 1 }],
  [["", "x"], { command: 1 }],
  [["-n", "2", "echo", "-n", "3"], { maxItems: 2, command: 3 }],
  [["-n2"], { maxItems: 2 }],
  [["-n", "007"], { maxItems: 7 }],
  [["--max-args=2", "echo"], { maxItems: 2, command: 2 }],
  [["--max-args", "2", "echo"], { maxItems: 2, command: 3 }],
  [["--max-a", "2"], { maxItems: 2 }],
  [["-L", "2"], { maxLines: 2 }],
  [["-L2"], { maxLines: 2 }],
  [["-l"], { maxLines: 1 }],
  [["-l", "3"], { maxLines: 1, command: 2 }],
  [["-l3"], { maxLines: 3 }],
  [["--max-lines"], { maxLines: 1 }],
  [["--max-lines=3"], { maxLines: 3 }],
  [["--max-l", "3"], { maxLines: 1, command: 2 }],
  [["-I{}", "echo", "{}"], { separator: LINES, replace: "{}", command: 2 }],
  [["-I", "{}", "echo", "{}"], { separator: LINES, replace: "{}", command: 3 }],
  [["-I", "echo", "{}"], { separator: LINES, replace: "echo", command: 3 }],
  [["-i", "echo", "{}"], { separator: LINES, replace: "{}", command: 2 }],
  [["-i%", "echo", "%"], { separator: LINES, replace: "%", command: 2 }],
  [["--replace", "echo", "{}"], { separator: LINES, replace: "{}", command: 2 }],
  [["--repl=@", "echo", "@"], { separator: LINES, replace: "@", command: 2 }],
  [["-P", "4"], { parallel: 4 }],
  [["-P0"], { parallel: 0 }],
  [["--max-procs=8"], { parallel: 8 }],
  [["--max-p", "8"], { parallel: 8 }],
  [["-P", "2147483647"], { parallel: 2147483647 }],
  [["-d", ","], dividedBy(",")],
  [["-d,"], dividedBy(",")],
  [["-d", "\n"], dividedBy("\n")],
  [["-d", "\\n"], dividedBy("\n")],
  [["--delimiter=\\t"], dividedBy("\t")],
  [["--del", "\\\\"], dividedBy("\\")],
  [["-d", "\\"], dividedBy("\\")],
  [["-d", "\\0"], NUL],
  [["-0"], NUL],
  [["--null"], NUL],
  [["-0", "-d", "\\0", "--nul"], NUL],
  [["-r"], { skipsEmpty: true }],
  [["--no-run-if-empty"], { skipsEmpty: true }],
  [["--no"], { skipsEmpty: true }],
  [["-t"], { traces: true }],
  [["--verb"], { traces: true }],
  [["-rn1", "echo"], { skipsEmpty: true, maxItems: 1, command: 2 }],
  [["-0n1"], { ...NUL, maxItems: 1 }],
  [["-0rtP4", "-L", "2"], { ...NUL, skipsEmpty: true, traces: true, parallel: 4, maxLines: 2 }],
  [["-0I", "{}", "echo", "{}"], { ...NUL, replace: "{}", command: 3 }],
  [["-rrtt", "-P2", "-P", "02"], { skipsEmpty: true, traces: true, parallel: 2 }],
  [["-n", "2", "--max-args=2"], { maxItems: 2 }],
  [["-L2", "-l2"], { maxLines: 2 }],
  [["-I{}", "-i"], { separator: LINES, replace: "{}" }],
  [["-n", "1", "-I{}"], { separator: LINES, replace: "{}" }],
  [["-I{}", "-n1"], { separator: LINES, replace: "{}" }],
  [["-I{}", "-n1", "-n1", "-d,"], { ...dividedBy(","), replace: "{}" }],
  [["-I", "x", "echo", "x".repeat(64)], { separator: LINES, replace: "x", command: 3 }],
];

describe("readXargs", () => {
  it.each(read)("reads %j", (words, wanted) => {
    expect(readXargs(["xargs", ...words])).toEqual({ ok: true, value: aCall(wanted) });
  });
});

const ONE = "write a text that stands for an item: `xargs -I {} aws s3api get-bucket-location --bucket {}`";
const DELIMITER = "write the character or an escape of it: `xargs -d , -n 1 echo`, `xargs -d '\\n' -n 1 echo`";
const ONCE = "write it once: `xargs -n 1 echo`";
const NUMBER = "a whole number from 1 to 2147483647";
const DIGITS = "write digits, such as `5`";
const COUNTS = "`-n` counts items and `-L` lines; write one of them: `xargs -n 2 echo`";
const ALONE =
  "`-I` takes one line for each run; write it alone: `xargs -I {} aws s3api get-bucket-location --bucket {}`";
const NAME = "write the program's name out: `xargs -I {} aws s3api get-bucket-location --bucket {}`";

const notAsItWas = (spelled: string) =>
  `\`${spelled}\` of \`xargs\` contradicts what was said before it, and only one of them can count`;
const contradict = (one: string, other: string) =>
  `\`${one}\` and \`${other}\` of \`xargs\` contradict each other: each says what one run takes`;

const refused: readonly (readonly [readonly string[], string, number, string, string])[] = [
  [["-n", "0"], "bad-value", 2, `\`0\` for \`-n\` is not ${NUMBER}`, DIGITS],
  [["-n", "echo"], "bad-value", 2, `\`echo\` for \`-n\` is not ${NUMBER}`, DIGITS],
  [["-n1r"], "bad-value", 1, `\`1r\` for \`-n\` is not ${NUMBER}`, DIGITS],
  [["-n", "+1"], "bad-value", 2, `\`+1\` for \`-n\` is not ${NUMBER}`, DIGITS],
  [["-n", "2147483648"], "bad-value", 2, `\`2147483648\` for \`-n\` is not ${NUMBER}`, DIGITS],
  [["-n"], "missing-value", 1, "option `-n` of `xargs` needs a value", "write the value after `-n`"],
  [["--max-args="], "bad-value", 1, `\`\` for \`--max-args\` is not ${NUMBER}`, DIGITS],
  [["-L", "0"], "bad-value", 2, `\`0\` for \`-L\` is not ${NUMBER}`, DIGITS],
  [["-lx"], "bad-value", 1, `\`x\` for \`-l\` is not ${NUMBER}`, DIGITS],
  [["-P", "-1"], "bad-value", 2, "`-1` for `-P` is not a whole number from 0 to 2147483647", DIGITS],
  [["-I", ""], "bad-value", 2, "an empty text cannot be found in the command's words", ONE],
  [["--replace="], "bad-value", 1, "an empty text cannot be found in the command's words", ONE],
  [["-I", "-n1", "echo"], "bad-value", 2, "`-n1` for `-I` looks like an option", ONE],
  [["-I", "x".repeat(65)], "bad-value", 2, `\`${"x".repeat(39)}…\` for \`-I\` is longer than 64 characters`, ONE],
  [["-I"], "missing-value", 1, "option `-I` of `xargs` needs a value", "write the value after `-I`"],
  [["-d", ""], "bad-value", 2, "`` for `-d` is not one character of ASCII", DELIMITER],
  [["-d", ", "], "bad-value", 2, "`, ` for `-d` is not one character of ASCII", DELIMITER],
  [["-n", "1", "-n", "2"], "repeated-option", 3, notAsItWas("-n"), ONCE],
  [["-P1", "--max-procs=2"], "repeated-option", 2, notAsItWas("--max-procs"), ONCE],
  [["-I{}", "-I%"], "repeated-option", 2, notAsItWas("-I"), ONCE],
  [["-0", "-d,"], "repeated-option", 2, notAsItWas("-d"), ONCE],
  [["-L2", "-l"], "repeated-option", 2, notAsItWas("-l"), ONCE],
  [["-n1", "-L1"], "contradicting-options", 2, contradict("-n", "-L"), COUNTS],
  [["--max-lines", "-t", "-n1"], "contradicting-options", 3, contradict("--max-lines", "-n"), COUNTS],
  [["-n2", "-I{}"], "contradicting-options", 2, contradict("-n", "-I"), ALONE],
  [["-I{}", "-n2"], "contradicting-options", 2, contradict("-I", "-n"), ALONE],
  [["-L1", "-i"], "contradicting-options", 2, contradict("-L", "-i"), ALONE],
  [["-n1", "-I{}", "-L1"], "contradicting-options", 3, contradict("-I", "-L"), ALONE],
  [
    ["-I{}", "{}", "x"],
    "expansion-program",
    2,
    "`{}` stands in `{}`, and the name of a program is never computed",
    NAME,
  ],
  [
    ["-I", "w", "aws", "s3", "ls"],
    "expansion-program",
    3,
    "`w` stands in `aws`, and the name of a program is never computed",
    NAME,
  ],
  [
    ["-Ix", "echo", "x".repeat(40), "axa".repeat(25)],
    "too-many-places",
    2,
    "`x` stands in the command 65 times, and at most 64 are taken",
    "choose another text for items: `xargs -I {} aws s3api get-bucket-location --bucket {}`",
  ],
  [["-z"], "unknown-option", 1, "`xargs` has no option `-z`", "options are: -0 -d -I -i -L -l -n -P -r -t"],
  [
    ["--max-arg-s"],
    "unknown-option",
    1,
    "`xargs` has no option `--max-arg-s`",
    "did you mean `--max-args` or `--max-procs`?",
  ],
  [
    ["--max"],
    "ambiguous-option",
    1,
    "`--max` of `xargs` could be `--max-args`, `--max-chars`, `--max-lines`, `--max-procs`",
    "write the name in full",
  ],
  [["--ver"], "ambiguous-option", 1, "`--ver` of `xargs` could be `--verbose`, `--version`", "write the name in full"],
  [["--null=x"], "unexpected-value", 1, "option `--null` of `xargs` takes no value", "write `--null`"],
];

describe("readXargs refuses", () => {
  it.each(refused)("%j", (words, code, argument, message, hint) => {
    expect(readXargs(["xargs", ...words])).toEqual({ ok: false, error: { code, argument, message, hint } });
  });

  it.each([
    [["-a", "notes.txt"], "`-a` (`--arg-file`)"],
    [["--arg-file=notes.txt"], "`--arg-file`"],
    [["-rE", "END"], "`-E`"],
    [["-e"], "`-e` (`--eof`)"],
    [["--eof=END"], "`--eof`"],
    [["-s", "100"], "`-s` (`--max-chars`)"],
    [["-rx"], "`-x` (`--exit`)"],
    [["-p"], "`-p` (`--interactive`)"],
    [["-o"], "`-o` (`--open-tty`)"],
    [["--process-slot-var=SLOT"], "`--process-slot-var`"],
    [["--show"], "`--show` (`--show-limits`)"],
    [["--help"], "`--help`"],
    [["--version"], "`--version`"],
  ])("what GNU knows and this server does not: %j", (words, name) => {
    const read = readXargs(["xargs", ...words, "echo"]);
    if (read.ok) throw new Error("it was read");
    const { code, argument, message } = read.error;
    expect({ code, argument, message: message.replace(/: it .*/, "") }).toEqual({
      code: "refused-option",
      argument: 1,
      message: `option ${name} of \`xargs\` is not allowed`,
    });
  });

  const hints = [...refused.map(([words]) => words), ["-a"], ["-E"], ["-e"], ["-s"], ["-x"], ["-p"], ["-o"]]
    .concat([["--process"], ["--show"], ["--help"], ["--version"]])
    .flatMap((words) => {
      const read = readXargs(["xargs", ...words]);
      return read.ok ? [] : [...read.error.hint.matchAll(/`(?:[^`]*\| )?(xargs [^`]*)`/g)].map(([, call = ""]) => call);
    });

  it.each([...new Set(hints)])("with a hint that it accepts: %s", (call) => {
    expect(readXargs(exampleWords(call) ?? [])).toMatchObject({ ok: true });
  });
});
