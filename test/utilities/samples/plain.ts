import fc from "fast-check";
import type { Sample } from "../arbitrary-argv.js";

const none = fc.constant<readonly string[]>([]);
const files = fc.array(fc.constantFrom("a.txt", "dir/b.txt", "-", "missing.txt"), { maxLength: 2 });
const file = fc.oneof(none, fc.constantFrom(["a.txt"], ["-"], ["missing.txt"]));
const two = fc.array(fc.constantFrom("a.txt", "dir/b.txt", "-", "a.json"), { minLength: 2, maxLength: 2 });
const STYLES = ["a", "t", "n", "p^b", "p[0-9]\\{2\\}", "p"];
const STOPS = ["4", "1", "2,5", "3 6,9", "12"];
const UNITS = ["none", "si", "iec", "iec-i", "ie", "s", "n", "auto"];
const sum: Sample = { operands: files };

/** Lines and fields, numbers and names. */
export const plainSamples: Readonly<Record<string, Sample>> = {
  nl: {
    operands: files,
    values: {
      "body-numbering": STYLES,
      "header-numbering": STYLES,
      "footer-numbering": STYLES,
      "section-delimiter": ["b", "a ", "10 "],
      "line-increment": ["2", "-3", "0"],
      "starting-line-number": ["0", "-5", "100"],
    },
  },
  tac: { operands: files, values: { separator: ["", ",", "y", "10", "[0-9]", "a\\|z", "\n"] } },
  rev: { operands: fc.array(fc.constantFrom("a.txt", "dir/b.txt", "missing.txt"), { maxLength: 2 }) },
  fold: { operands: files },
  fmt: { operands: files },
  paste: { operands: fc.array(fc.constantFrom("a.txt", "dir/b.txt", "-", "-", "missing.txt"), { maxLength: 4 }) },
  expand: { operands: files, values: { tabs: [...STOPS, "/3", "+5", "2,/4", "1,+8"] } },
  unexpand: { operands: files, values: { tabs: STOPS } },
  comm: { operands: two },
  join: {
    operands: two,
    values: {
      a: ["1", "2"],
      v: ["1", "2"],
      j: ["1", "2"],
      "1": ["1", "2", "9"],
      "2": ["1", "3"],
      o: ["auto", "0", "1.1,2.2", "0 1.2"],
      t: ["", ",", " ", "\\0", "1"],
    },
  },
  // What it prints is the same in any order; a word behind `--` would be another line.
  shuf: {
    stdin: "x\nx\nx\n",
    operands: fc.constantFrom([], [], ["-"], ["-", "-"], ["-", "-", "-"]),
    dashes: [[]],
    values: { "input-range": ["5-5", "0-0", "7-6", "08-8", "9-1"], "head-count": ["0", "1", "2", "007"] },
  },
  tsort: { operands: file, stdin: "a b\nb c\nx a\n" },
  cmp: {
    operands: fc
      .tuple(
        fc.oneof(two, fc.constantFrom(["a.txt"], ["-"])),
        fc.array(fc.constantFrom("0", "2", "010", "1K"), { maxLength: 2 }),
      )
      .map((parts) => parts.flat()),
    values: { "ignore-initial": ["3", "1:2", "010", "0:1kB"], bytes: ["0", "4", "1KiB", "011"] },
  },
  md5sum: sum,
  sha1sum: sum,
  sha256sum: sum,
  sha512sum: sum,
  cksum: { operands: files, values: { length: ["0", "8", "256", "512", "7"] } },
  numfmt: {
    stdin: "1000 2048\n 7 80\n1.5\n",
    operands: fc.array(fc.constantFrom("1000", "2048", "1 2048", "0.5", "5K", "3Ki", "x"), { maxLength: 2 }),
    values: {
      from: UNITS,
      to: UNITS,
      "from-unit": ["1", "2K", "1Ki", "3M"],
      "to-unit": ["1", "2K", "1Ki"],
      padding: ["5", "-8", "12"],
      suffix: ["B", "", "x y"],
      delimiter: [",", " ", "", "x"],
      field: ["1", "2", "-", "1,2", "2-", "-1"],
      format: ["%f", "%8.2f", "%'010f", "x%-6fy", "%%%.fz", "% 5.1f", "%-05.1f"],
    },
  },
  basename: {
    operands: fc.array(fc.constantFrom("a/b.txt", "s3://b/k/x.txt", ".txt", "/", "", "a//", "-z", "--", "-", "t"), {
      maxLength: 3,
    }),
    values: { suffix: [".txt", "t", "", "-z"] },
  },
  dirname: {
    operands: fc.array(fc.constantFrom("a/b.txt", "s3://b/k", "/", "", "a//b/", "-z", "-", "..", "x"), {
      maxLength: 3,
    }),
  },
};
