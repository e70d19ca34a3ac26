import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt } from "../../src/language/excerpt.js";
import { parse } from "../../src/language/parse.js";
import { print } from "../../src/language/print.js";

const SIZE = 65_536;

const repeated = (part: string, size: number): string => part.repeat(Math.ceil(size / part.length)).slice(0, size);

/** `${…}`, without a text that looks like a template. */
const braced = (name: string): string => `$\{${name}}`;

const PATTERNS = [
  ...["$'", "$'\\", "$'\\x", "$'a'", "\\x41", "\\c", "\\cA", "\\0", "\\101", "\\n"],
  ...["$(a)", "$(a ", "$(a;", "$(a) ", '"$(a)"', '"$(a ', ")", "$(\n", "$(#\n", "$(a\\\n", "a $(b $(c)) "],
  ...[
    "$AWS_REGION",
    "$AWS_REGION ",
    "$AWS_REGION\\\n",
    "$A\\\n",
    braced("AWS_REGION"),
    '"$AWS_REGION"',
    "$AWS_REGION$(",
  ],
  ...["a;", "a&&", "a||", "a && b; ", "a;\n", ";\\\n", "a;#\n", "|&", "a|&", "|&\\\n", "&&\\\n", "a\n$ "],
  ...[
    " 2>&1",
    "2>&1 ",
    " >/dev/null",
    ">/dev/null",
    "</dev/null",
    "&>/dev/null",
    " >\\\n",
    ">&",
    ">&1",
    "{a}>",
    "1\\\n",
  ],
  ...[">'/dev/null'", ">''", '>""', "2>& '1' ", ">\\\n/dev/null", "```", "```\n", "\n```", "$ ", "$\n"],
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
  "x $'",
  "x $(a ",
  'x "$(a ',
  "x >/dev/null",
  "```\n",
];

/** Of the processor, whatever else the machine is busy with. */
const milliseconds = (work: () => void): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
};

/** Garbage of others may be collected meanwhile, so what was slow gets more chances. */
const atBest = (work: () => void, enough: number, more = 2): number => {
  let best = milliseconds(work);
  for (let again = 0; again < more && best > enough; again++) best = Math.min(best, milliseconds(work));
  return best;
};

const answer = (text: string): void => {
  const parsed = parse(text);
  if (parsed.ok) print(parsed.value);
  else excerpt(text, parsed.error.span);
};

describe("the time that parse, print and excerpt take", () => {
  it("stays under 250 ms for 64 KiB of anything", () => {
    const all = PATTERNS.flatMap((part) =>
      STARTS.map((start) => {
        const text = start + repeated(part, SIZE);
        return { start, part, took: atBest(() => answer(text), 250) };
      }),
    );
    expect(all.filter(({ took }) => took > 250)).toEqual([]);
  });

  it("grows about as the text does", () => {
    const measure = (more: number) => (part: string) => {
      const [small, large] = [`x ${repeated(part, SIZE / 4)}`, `x ${repeated(part, SIZE)}`];
      return { part, small: atBest(() => answer(small), 0, more), large: atBest(() => answer(large), 0, more) };
    };
    // Four times the text may take twelve times as long; a square would take sixteen. Below 25 ms chance rules.
    const isSteep = ({ small, large }: { small: number; large: number }) => large > 25 && large > small * 12;
    const steep = PATTERNS.map(measure(2)).filter(isSteep);
    expect(steep.map(({ part }) => measure(20)(part)).filter(isSteep)).toEqual([]);
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
