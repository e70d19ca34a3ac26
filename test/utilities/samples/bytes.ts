import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { Sample } from "../arbitrary-argv.js";
import { TEXT } from "./files.js";

const none = fc.constant<readonly string[]>([]);
const file = fc.oneof(none, fc.constantFrom(["a.txt"], ["-"], ["missing.txt"]));
const files = fc.array(fc.constantFrom("a.txt", "dir/b.txt", "-", "missing.txt"), { maxLength: 2 });
const named = fc.array(fc.constantFrom("a.txt", "dir/b.txt", "missing.txt"), { maxLength: 2 });
const BYTES = ["0", "3", "0x10", "1K"];
const FORMATS = ["%l\n", "%5dn:%L", "%%", "", "%c'x'"];
const ENCODINGS = ["UTF-8", "utf8", "ISO-8859-1", "utf-16le", "ASCII"];

/** `-n`: without it the output holds the time. */
const gzip: Sample = {
  operands: fc.oneof(none, fc.constant(["-"])),
  stdin: gzipSync(TEXT),
  given: ["-n"],
};

/** Bytes, encodings and comparisons. */
export const bytesSamples: Readonly<Record<string, Sample>> = {
  seq: {
    operands: fc.constantFrom(
      ["3"],
      ["-1"],
      ["5", "-2", "1"],
      ["-2", "1"],
      ["-.5", ".5", "1"],
      ["1e1", "8"],
      ["3", "-w"],
      [],
    ),
    values: { format: ["%g", "i-%03.0f", "%%%5.1e%%"], separator: [",", "", "-", "x y"] },
  },
  printf: {
    operands: fc
      .tuple(
        fc.constantFrom(
          "%s\\n",
          "-%s",
          "%5d|%-5s|%%",
          "\\%%3dx",
          "%b%q",
          "",
          "--",
          "-x",
          "a\\x41\\101\\u00e9\\",
          "%c%.2f",
        ),
        fc.array(fc.constantFrom("a", "-5", "--", "--help", "\\t", "'x", "1.5", ""), { maxLength: 3 }),
      )
      .map(([format, texts]) => [format, ...texts]),
  },
  true: { operands: none },
  od: {
    operands: files,
    values: { "skip-bytes": BYTES, "read-bytes": BYTES, format: ["x1", "x1z", "cu4", "dSfD", "a"] },
  },
  base32: { operands: file, stdin: "MFRGG===\nMFRGGZDF*\n" },
  xxd: {
    operands: file,
    // The name of the file would become that of a variable.
    skip: ["-i", "--include"],
    values: { len: ["0", "5", "0x10"], offset: ["1", "-2", "+3", "0x10"], seek: ["0", "2", "+1", "-3", "0x2"] },
  },
  diff: {
    // The header of `-` holds the time.
    operands: fc.constantFrom(
      ["a.txt", "dir/b.txt"],
      ["dir/b.txt", "a.txt"],
      ["a.txt", "a.txt"],
      ["a.txt", "missing.txt"],
    ),
    values: Object.fromEntries(
      ["line-format", "old-line-format", "new-line-format", "unchanged-line-format"]
        .concat(["old-group-format", "new-group-format", "unchanged-group-format", "changed-group-format"])
        .map((name) => [name, name.includes("group") ? ["%<", "%>", "%=", "%5dN:", "%(F=1?a:b)"] : FORMATS]),
    ),
  },
  strings: { operands: named, stdin: "abc\0abcdefgh\0\u0001é x y z\n12345678901234567890\0" },
  gzip,
  gunzip: { ...gzip, runs: ["-d", "-c"] },
  zcat: { ...gzip, runs: ["-d", "-c"] },
  iconv: {
    operands: files,
    values: { "from-code": ENCODINGS, "to-code": [...ENCODINGS, "ASCII//TRANSLIT", "latin1//IGNORE"] },
  },
  hexdump: {
    operands: named,
    values: { e: ['1/1 "%02x"', '"%08_ax " 4/1 "%3u " "\\n"', '/2 "%x "', '"%_p"'], n: BYTES, s: ["0", "0x2"] },
  },
};
