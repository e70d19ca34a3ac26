import fc from "fast-check";
import type { Sample } from "../arbitrary-argv.js";

const files = fc.array(fc.constantFrom("a.txt", "dir/b.txt", "-", "missing.txt"), { maxLength: 2 });
const SCRIPTS = [
  "p",
  "s/a/[&]/g",
  "/1/d",
  "$!N;s/\\n/ /",
  "1!G;h;$!d",
  "y/ab1/xyz/",
  "2q",
  "=",
  "l",
  "$a\\\nlast",
  "",
  "# p",
  "w x",
  "1e id",
];

/** sed. The scripts mean the same with and without `-E`, `-z` and `--posix`, which apply to what stands after them. */
export const sedSamples: Readonly<Record<string, Sample>> = {
  sed: {
    operands: fc
      .tuple(fc.constantFrom(...SCRIPTS, "s/\\(a\\)/\\U\\1/", "2i  text", "0~2d"), files)
      .map(([script, names]) => [script, ...names]),
    values: { expression: SCRIPTS },
  },
};
