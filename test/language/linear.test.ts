import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt } from "../../src/language/excerpt.js";
import { parse } from "../../src/language/parse.js";
import { print } from "../../src/language/print.js";

const SIZE = 65_536;

const repeated = (part: string, size: number): string => part.repeat(Math.ceil(size / part.length)).slice(0, size);

const PATTERNS = [
  ...[
    "a",
    " ",
    "\t",
    "\n",
    "\\\n",
    "\\",
    "'",
    '"',
    "'a'",
    '"a"',
    '""',
    "''",
    "'\"",
    "\"'",
    "\\a",
    "\\'",
    '\\"',
    "a ",
    "a\\\n",
  ],
  ...[
    "#",
    "# ",
    " #",
    "#\n",
    "#\\\n",
    "a #\n",
    "a\n",
    "|",
    "||",
    "a|",
    "| ",
    "a |\n",
    "|\\\n",
    "a|\\\n",
    "|\n#\n",
    "&",
    "&\\\n",
  ],
  ...["$", "$ ", "$.", "$a", "$\\\n", '"$', "${", "$(", "$((", "`", "\\`", '"\\\n', '"\\\\', '"\\"', '"a\\\n', '"\\a'],
  ...[
    ">",
    "<",
    "2>",
    "2",
    "2\\\n",
    "<\\\n",
    "> ",
    ">\\\n",
    "2>&",
    "/dev/null",
    ">/dev/null",
    ";",
    "(",
    ")",
    "((",
    "<(",
    "<<",
  ],
  ...[
    "=",
    "a=",
    "A",
    "A=",
    "_",
    "A\\\n",
    "if",
    "if ",
    "i\\\n",
    "!",
    "! ",
    "{",
    "{ ",
    "é",
    "漢",
    "😀",
    "\ud83d",
    "\ude00",
  ],
];

/** Starts that put the repeated part into every state of the lexer. */
const STARTS = [
  "",
  "x ",
  "x '",
  'x "',
  "x #",
  "x \\",
  "x |",
  "x >",
  "x 2>",
  "x $",
  "x ${",
  "x\n",
  "x\\\n",
  "x|\\\n",
  "x <",
  "x &",
];

const milliseconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const answer = (text: string): void => {
  const parsed = parse(text);
  if (parsed.ok) print(parsed.value);
  else excerpt(text, parsed.error.span);
};

describe("the time that parse, print and excerpt take", () => {
  it("stays under 250 ms for 64 KiB of anything", () => {
    const slow = PATTERNS.flatMap((part) =>
      STARTS.map((start) => ({ start, part, took: milliseconds(() => answer(start + repeated(part, SIZE))) })),
    );
    expect(slow.filter(({ took }) => took > 250)).toEqual([]);
  });

  it("grows no faster than the text", () => {
    const best = (text: string) => Math.min(...Array.from({ length: 5 }, () => milliseconds(() => answer(text))));
    const all = PATTERNS.map((part) => ({
      part,
      small: best(`x ${repeated(part, SIZE)}`),
      large: best(`x ${repeated(part, SIZE * 8)}`),
    }));
    // Eight times the text may take twenty times as long, and what takes less than 5 ms is not worth measuring.
    expect(all.filter(({ small, large }) => large > 5 && large > small * 20)).toEqual([]);
  });
});

describe("parse", () => {
  const anyText = fc
    .array(fc.oneof(fc.nat(0xffff), fc.nat(0x7f)), { maxLength: 60, size: "max" })
    .map((codes) => String.fromCharCode(...codes));

  it("never throws, and neither does excerpt", () => {
    fc.assert(
      fc.property(anyText, fc.nat(70), fc.nat(70), (text, a, b) => {
        answer(text);
        const [start = 0, end = 0] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
        expect(excerpt(text, { start, end }).split("\n")).toHaveLength(2);
      }),
      { numRuns: 20_000 },
    );
  });
});
