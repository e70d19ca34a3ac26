import fc from "fast-check";
import type { Sample } from "../arbitrary-argv.js";
import { JSONS } from "./files.js";

const none = fc.constant<readonly string[]>([]);
const files = fc.array(fc.constantFrom("a.txt", "dir/b.txt", "-", "missing.txt"), { maxLength: 2 });
const file = fc.oneof(none, fc.constantFrom(["a.txt"], ["-"], ["missing.txt"]));
const KEYS = ["1", "2n", "2,2nr", "1.2b,1.3", "1f,1", "3h", "0"];
const LISTS = ["1", "1,3-", "-2", "2-3,1", "1 3", "9"];

/** The utilities that were there first: text by lines and fields, and jq. */
export const textSamples: Readonly<Record<string, Sample>> = {
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
  // `egrep` itself is a shell script that says on stderr that it is old; what it runs is grep with one flag.
  egrep: {
    runs: ["-E"],
    operands: fc.tuple(fc.constantFrom("a|b", "[0-9]+", ""), files).map(([pattern, names]) => [pattern, ...names]),
  },
  fgrep: {
    runs: ["-F"],
    operands: fc.tuple(fc.constantFrom("a", ".", "x y"), files).map(([pattern, names]) => [pattern, ...names]),
  },
  jq: {
    stdin: JSONS,
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
  base64: { operands: file, stdin: "YWJj\nZGVm*\n" },
  date: {
    operands: fc.oneof(none, fc.constantFrom(["+%s"], ["+%F %T %Z"], ["+"], ["+%-d %010s %^a"])),
    skip: ["-d", "--date"],
    given: ["-d@1700000000"],
  },
  echo: {
    operands: fc.array(fc.constantFrom("hi", "-n", "-e", "a\\tb", "--", "-x", "", "--help", "\\c z", "-"), {
      minLength: 2,
      maxLength: 4,
    }),
  },
};
