import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleWords } from "../../src/utilities/example-words.js";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { grammars } from "./grammar-files.js";

const match = (argv: readonly string[]) => matchUtility(grammars, argv, "/ws");
const words = (command: string): readonly string[] => exampleWords(command) ?? [];

const canonical = (command: string): readonly string[] => {
  const matched = match(words(command));
  return matched.ok ? matched.value.argv : [matched.error.code];
};

const refused = (command: string) => {
  const matched = match(words(command));
  return matched.ok ? matched.value : matched.error;
};

describe("matchUtility", () => {
  it("gives the name, the paths, the argv and the files", () => {
    expect(match(["egrep", "-i", "a|b", "x.txt", "-", "dir/y.txt"])).toEqual({
      ok: true,
      value: {
        name: "egrep",
        paths: ["/usr/bin/grep", "/bin/grep"],
        reads: [],
        scratch: false,
        argv: ["grep", "--extended-regexp", "--ignore-case", "--", "a|b", "/ws/x.txt", "-", "/ws/dir/y.txt"],
        files: [
          { argument: 5, path: "/ws/x.txt", how: "read" },
          { argument: 7, path: "/ws/dir/y.txt", how: "read" },
        ],
      },
    });
  });

  it.each([
    ["sort -t, -k2,2nr -u", ["sort", "--field-separator=,", "--key=2,2nr", "--unique"]],
    ["sort notes.txt -nrk2", ["sort", "--numeric-sort", "--reverse", "--key=2", "--", "/ws/notes.txt"]],
    ["head -5", ["head", "--lines=5"]],
    ["head -n -1", ["head", "--lines=-1"]],
    ["tail -n +2", ["tail", "--lines=+2"]],
    [
      "grep -A3 -B 2 --color=never foo",
      ["grep", "--after-context=3", "--before-context=2", "--color=never", "--", "foo"],
    ],
    ["grep -i5v foo", ["grep", "--ignore-case", "--context=5", "--invert-match", "--", "foo"]],
    ["grep -e -x -- -y", ["grep", "--regexp=-x", "--", "/ws/-y"]],
    ["grep --colo -- -v", ["grep", "--color", "--", "-v"]],
    ["grep foo -i", ["grep", "--ignore-case", "--", "foo"]],
    ["tr -d '\"'", ["tr", "--delete", "--", '"']],
    ["tr a -d", ["tr", "--", "a", "-d"]],
    ["uniq -D --group", ["uniq", "-D", "--group"]],
    ["sort --check=sil -C", ["sort", "--check=silent", "-C"]],
    ["date -Is", ["date", "--iso-8601=seconds"]],
    ["date -u +%F", ["date", "--utc", "--", "+%F"]],
    ["base64 -dw 0", ["base64", "--decode", "--wrap=0"]],
    ["column -ts,", ["column", "--table", "--separator=,"]],
    ["cat -e /dev/stdin", ["cat", "-e", "--", "-"]],
    ["jq", ["jq", "."]],
    ["jq .a -r", ["jq", "--raw-output", ".a"]],
    ["jq --arg a -x -c '$a' f.json", ["jq", "--arg", "a", "-x", "--compact-output", "$a", "/ws/f.json"]],
    [
      "jq --args -n '$ARGS' a --jsonargs 1 --args b",
      ["jq", "--null-input", "$ARGS", "--args", "a", "--jsonargs", "1", "--args", "b"],
    ],
    ["jq . -- f.json", ["jq", ".", "/ws/f.json"]],
    ["echo -ne 'a\\n' -x", ["echo", "-n", "-e", "a\\n", "-x"]],
    ["echo --help", ["echo", "-E", "--help"]],
    ["echo -- -n", ["echo", "--", "-n"]],
    ["seq -5 5", ["seq", "--", "-5", "5"]],
    ["seq -ws, -.5 1 -w", ["bad-value"]],
    ["strings -ae s -8 notes.bin", ["misplaced-number"]],
    ["strings -ae s notes.bin", ["strings", "--all", "--encoding=s", "--", "/ws/notes.bin"]],
    ["zcat -df", ["gzip", "--stdout", "--decompress", "--decompress", "--force"]],
    ["gzip --stdout -9", ["gzip", "--stdout", "--best"]],
    ["iconv -t ascii//TRANSLIT -", ["iconv", "--to-code=ascii//TRANSLIT", "--", "-"]],
  ])("writes %s in full", (command, argv) => expect(canonical(command)).toEqual(argv));

  it.each([
    [
      "sort --reverce",
      {
        code: "unknown-option",
        argument: 1,
        message: "`sort` has no option `--reverce`",
        hint: "did you mean `--reverse`?",
      },
    ],
    [
      "cat -n --sho",
      {
        code: "ambiguous-option",
        argument: 2,
        message: "`--sho` of `cat` could be `--show-all`, `--show-ends`, `--show-nonprinting`, `--show-tabs`",
        hint: "write the name in full",
      },
    ],
    [
      "sort -nrow2",
      {
        code: "refused-option",
        argument: 1,
        message: "option `-o` (`--output`) of `sort` is not allowed: it writes a file",
        hint: "leave it out: the output is the answer",
      },
    ],
    [
      "base64 -D",
      {
        code: "refused-option",
        argument: 1,
        message: "option `-D` of `base64` is not allowed: it is BSD's and unknown to GNU base64",
        hint: "write `base64 -d`",
      },
    ],
    [
      "head -n",
      {
        code: "missing-value",
        argument: 1,
        message: "option `-n` of `head` needs a value",
        hint: "write the value after `-n`",
      },
    ],
    [
      "wc --lines=3",
      {
        code: "unexpected-value",
        argument: 1,
        message: "option `--lines` of `wc` takes no value",
        hint: "write `--lines`",
      },
    ],
    [
      "head -n x",
      {
        code: "bad-value",
        argument: 2,
        message: "`x` for `-n` is not a count",
        hint: "write digits, such as `20`, or digits and a unit, such as `10K`",
      },
    ],
    [
      "wc --total=allways",
      {
        code: "bad-value",
        argument: 1,
        message: "`allways` for `--total` is not one of its words",
        hint: "did you mean `always`?",
      },
    ],
    [
      "grep",
      {
        code: "missing-operand",
        argument: 0,
        message: "`grep` needs a pattern",
        hint: "write the pattern, such as `grep error`",
      },
    ],
    [
      "uniq a b",
      {
        code: "extra-operand",
        argument: 2,
        message: "`uniq` takes no further operand, so `b` is one too many",
        hint: "`uniq` would write its second operand; it can read one file, or the pipe",
      },
    ],
    [
      "tail -n 3 +5",
      {
        code: "obsolete-operand",
        argument: 3,
        message: "`tail` may read `+5` as an option of old",
        hint: "write `tail -n +5`",
      },
    ],
    [
      "strings -n 8 @/etc/passwd",
      {
        code: "response-file",
        argument: 3,
        message: "`strings` reads the words of its call from a file where one begins with `@`, as `@/etc/passwd` does",
        hint: "write the words themselves; a file can be named as `./@notes.txt`",
      },
    ],
    [
      "hexdump -C -",
      {
        code: "bad-operand",
        argument: 2,
        message: "`hexdump` does not read `-` as its input",
        hint: "leave `-` out to read the pipe",
      },
    ],
    [
      "strings -8 -n 9",
      {
        code: "misplaced-number",
        argument: 1,
        message: "`-8` cannot stand here in `strings`",
        hint: "write `--bytes=8`",
      },
    ],
    [
      "head -q -5",
      { code: "misplaced-number", argument: 2, message: "`-5` cannot stand here in `head`", hint: "write `--lines=5`" },
    ],
    [
      "jq --args . -- x",
      {
        code: "misplaced-terminator",
        argument: 3,
        message: "`--` behind `--args` means different things in different versions of `jq`",
        hint: "leave `--` out",
      },
    ],
    [
      "jq -crc .",
      { code: "repeated-option", argument: 1, message: "`-c` stands twice in `-crc`", hint: "write each letter once" },
    ],
    [
      "jq -- -x",
      {
        code: "bad-operand",
        argument: 2,
        message: "`jq` would read the filter `-x` as an option",
        hint: "put a blank or a parenthesis before it",
      },
    ],
    [
      "cat a ../b",
      {
        code: "file-outside-workspace",
        argument: 2,
        message: "the file `../b` climbs with `..`",
        hint: "name a file inside the workspace, such as `notes.txt`, or leave the name out to read the pipe",
      },
    ],
    [
      "cat .env",
      {
        code: "bad-file-name",
        argument: 1,
        message: "the name `.env` holds a part that begins with a dot",
        hint: "name a file inside the workspace, such as `notes.txt`, or leave the name out to read the pipe",
      },
    ],
    [
      "hed -5",
      {
        code: "unknown-utility",
        argument: 0,
        message: "`hed` is not a utility that runs here",
        hint: "write `head` or `sed`",
      },
    ],
    [
      "rm x",
      {
        code: "unknown-utility",
        argument: 0,
        message: "`rm` does not run here",
        hint: "the workspace is kept in order by the server",
      },
    ],
    [
      "/bin/cat",
      {
        code: "unknown-utility",
        argument: 0,
        message: "`/bin/cat` is a path, and programs are named without one",
        hint: "write `cat`",
      },
    ],
  ])("says why it refuses %s", (command, refusal) => expect(refused(command)).toEqual(refusal));

  it("refuses an empty argv", () => expect(match([])).toMatchObject({ ok: false, error: { code: "unknown-utility" } }));

  it("never throws, and reads what it writes as the same argv, whatever the words", () => {
    const word = fc.oneof(
      fc.constantFrom("-n", "--", "-", "--line", "a", "-5", "+5", "--args", "-e", "=", "--x=y"),
      fc.string(),
    );
    const argv = fc.tuple(fc.constantFrom(...grammars.utilities.keys()), fc.array(word, { maxLength: 5 }));
    fc.assert(
      fc.property(argv, ([name, rest]) => {
        const matched = match([name, ...rest]);
        if (!matched.ok) {
          expect(matched.error.argument).toBeLessThanOrEqual(rest.length);
          expect(matched.error.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
          return;
        }
        expect(match(matched.value.argv)).toMatchObject({ ok: true, value: { argv: matched.value.argv } });
        for (const { argument, path, how } of matched.value.files) {
          const word = matched.value.argv[argument] ?? "";
          // What is read is named in full, what is listed or made from the folder of the stage.
          expect(word.startsWith("/")).toBe(how === "read");
          expect(resolve("/ws", word)).toBe(path);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
