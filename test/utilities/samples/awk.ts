import fc from "fast-check";
import type { Sample } from "../arbitrary-argv.js";

const files = fc.array(fc.constantFrom("a.txt", "dir/b.txt", "-", "missing.txt"), { maxLength: 2 });
const PROGRAMS = [
  "{print $1}",
  "NR > 1",
  "{s += $2} END {print s, x}",
  '!seen[$1]++ {printf "%s|%s\\n", $1, x}',
  "/a/, /x/ {print FILENAME, FNR, $NF / 2}",
  "BEGIN {print toupper(x), length(x)} {$1 = $1} 1",
  'BEGIN {while ((getline line) > 0) n++; print n + 0, 011, "0x1F" + 0}',
  "function f(a) {return a x} {print f($2), substr($0, 2, 3)}",
  "-1 {print $2 + 0}",
];
const sample: Sample = {
  operands: fc.tuple(fc.constantFrom(...PROGRAMS), files).map(([program, names]) => [program, ...names]),
  values: {
    "field-separator": [",", " ", "t", "\\t", "", "[0-9]+", ":", "|", "x=1"],
    assign: ["x=1", "x=a b", "x=", "OFS=-", "FS=:", "x=1e3", "x=a\\tb", "x=-v"],
    source: PROGRAMS.slice(0, 5),
  },
};

/** awk and gawk. */
export const awkSamples: Readonly<Record<string, Sample>> = { gawk: sample, awk: sample };
