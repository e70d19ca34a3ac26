import fc from "fast-check";

/**
 * Scripts, most of which sed compiles, with what runs programs and opens files in every kind of place. The only files they name are `x` and
 * `c`, and the only commands they run are redirections into these.
 */
const HOSTILE = [
  "w x",
  "wx",
  "W x",
  "r c",
  "rc",
  "R c",
  "e >x",
  "e",
  "e read l<c;echo $l",
  "F",
  "w /dev/stdout",
  "s/a/b/w x",
  "s/.*/>x/e",
  "s/.*/read l<c;echo $l/e",
  "s,a,>x,ge",
  "s|.*|>x|2Ie",
  "s/.*/>x/ e",
  "s/a/b/gpw x",
];

const MARKS = ["/", "/", "/", "|", ",", "#", ";", "}", "{", "n", "c", "w", "e", "[", "]", "&", "1", ".", "^", "-"];

const PIECES = [
  "a",
  "b",
  ".*",
  "^",
  "$",
  "[a-z]",
  "[/]",
  "[^|,#;]",
  "[]e]",
  "[^]w]",
  "[[:alpha:]/]",
  "[\\/]",
  "[[]",
  "[\\]",
  "[[.-.]]",
  "[",
  "]",
  "\\[",
  "\\]",
  "\\(a\\)",
  "(a|b)",
  "\\n",
  "\\\n",
  "\\\\",
  "\\/",
  "\\|",
  "\\;",
  "\\c",
  "\\cA",
  "\\1",
  "&",
  "\\&",
  "\\U",
  "é",
  "\\é",
  "😀",
  ";",
  "}",
  "#",
  " ",
  "w x",
  ">x",
  "[:",
  "[[:",
  "\n",
];

const SAFE = [
  "p",
  "d",
  "D",
  "g",
  "G",
  "h",
  "H",
  "n",
  "N",
  "P",
  "x",
  "z",
  "=",
  "l",
  "l 5",
  "q",
  "q5",
  "Q",
  "b",
  "t",
  "T",
  "ba",
  "tb",
  "v",
  "v 4.2",
];

const TEXT = [
  "foo",
  "w x",
  "e >x",
  "}",
  ";",
  "\\",
  "\\\\",
  "\\\n",
  "\n",
  " ",
  "\t",
  "# r c",
  "é",
  "\\t",
  "\\cA",
  "\\c",
  "{",
  "1",
];

const ADDRESSES = [
  "1",
  "2",
  "$",
  "0",
  "0~2",
  "1~3",
  "2 ~1",
  "/a/",
  "/b/I",
  "/[/]/",
  "\\,a,",
  "\\|a|M",
  "\\/a/",
  "//",
  "/a\\/b/",
  "\\cacI",
  "12",
];

const ENDS = [
  ";",
  ";",
  ";",
  "\n",
  "\n",
  " ; ",
  "}",
  " }",
  "{",
  "",
  " ",
  "\t",
  "# w x\n",
  "#",
  "!",
  "};",
  ";}",
  "\r",
  "\\\n",
  "\\",
];

const LABELS = [":a", ":a;", ": b\n", ":a}", ":a b", ":", ":é"];

const some = (of: readonly string[], most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...of), { maxLength: most }).map((parts) => parts.join(""));

const substitute = fc
  .tuple(
    fc.constantFrom(...MARKS),
    some(PIECES, 3),
    some(PIECES, 3),
    some(["g", "p", "I", "i", "M", "2", "0", " ", "e", "w", "w x"], 2),
  )
  .map(([mark, pattern, replacement, flags]) => `s${mark}${pattern}${mark}${replacement}${mark}${flags}`);

const map = fc
  .tuple(fc.constantFrom(...MARKS), some(["a", "b", "\\n", "\\\\", "\\", "[", "é", "\\t", "\\/"], 3), fc.nat(3))
  .map(([mark, text, extra]) => `y${mark}${text}${mark}${text}${"z".repeat(extra % 2)}${mark}`);

const text = fc
  .tuple(fc.constantFrom("a", "i", "c"), fc.constantFrom(" ", "", "\\\n", "\\", " \\\n", "\\ ", "\\ \n"), some(TEXT, 4))
  .map((parts) => parts.join(""));

const address = fc
  .tuple(
    fc.constantFrom(...ADDRESSES),
    fc.constantFrom("", "", ",", " , "),
    fc.constantFrom(...ADDRESSES, "+1", "~2"),
    some(["!", " "], 1),
  )
  .map(([first, comma, last, rest]) => first + (comma === "" ? "" : comma + last) + rest);

const command = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...SAFE) },
  { weight: 5, arbitrary: substitute },
  { weight: 2, arbitrary: map },
  { weight: 3, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom("{", "{", "}") },
  { weight: 1, arbitrary: fc.constantFrom(...LABELS) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
);

const line = fc
  .tuple(fc.option(address, { nil: "" }), command, fc.constantFrom(...ENDS))
  .map((parts) => parts.join(""));

/** Blocks and labels that are whole, so that more of the scripts compile. */
const whole = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(fc.option(address, { nil: "" }), fc.oneof(substitute, map, fc.constantFrom(...SAFE))),
      },
      { weight: 1, arbitrary: fc.constantFrom(...HOSTILE).map((bad) => ["", bad] as const) },
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((commands) => commands.map((parts) => parts.join("")).join(";"))
  .chain((inner) =>
    fc.constantFrom(inner, `{${inner}}`, `1!{${inner};}\np`, `:a;${inner};tb;:b`, `/a/{\n${inner}\n};$!N`),
  );

const OPENINGS = [
  "s/[/]/",
  "s/[^]/]/",
  "s/[]/]/",
  "s/[\\]/",
  "s/\\[/]/",
  "s/a/[/",
  "s/[[:alpha:]/",
  "s/[[.]/",
  "s/a\\/b/",
  "s/\\\\/",
  "s/a/b/",
  "s/a/b/ ",
]
  .concat([
    "#\\\n",
    "a \\",
    "a\\\n\\\n",
    "a\\",
    "i\\ \\\n",
    "a\\\\\n",
    "c\n",
    "y/[/]/;",
    "y/\\//a/;",
    "s,a/,b,;",
    "s;a;b;",
    "sea]e]e",
    "swawbw",
  ])
  .concat([
    "{",
    "}",
    "p}",
    ":a ",
    ":a;",
    ":a\r",
    "b ",
    "ba ",
    "1!",
    "/[/]/",
    "/\\//",
    "\\,[,],",
    "\\ea]e",
    "s/\\c[/]/",
    "s/\\c/",
    "s/a\\\n/b/",
    "1,/a/",
    "0~2",
    "v ",
    "q5",
    "l 5 ",
  ]);

/** What runs programs and opens files, where it could be taken for text, or the text before it for more than it is. */
const wrapped = fc
  .tuple(
    fc.constantFrom(...OPENINGS),
    fc.constantFrom("", "", ";", "\n", "/", "/;", " "),
    fc.constantFrom(...HOSTILE),
    fc.constantFrom("", "", "/", "]/", "/b/", "\n", ";", "}", "\n}", "/;p", "e", "]e]e", "\\"),
  )
  .map((parts) => parts.join(""));

const EXPRESSIONS = [
  "[/]*",
  "a*\\/*",
  "[]/]*",
  "[^]/]*",
  "[[:alpha:]/]*",
  "[[.-.]/]*",
  "[\\/]*",
  "[[/]*",
  "\\[*/]*",
  "[\\]*/]*",
  "a*\\\n/*",
];

/** `s` with a flag that writes or runs. Who ends the expression too early or too late reads the flag as text or as a comment. */
const seam = fc
  .tuple(
    fc.constantFrom("/", "/", ",", "|"),
    fc.constantFrom(...EXPRESSIONS),
    fc.constantFrom("", ";a ", ";#", ";{};i\\", "[", "\\\n", "]"),
    fc.constantFrom("w x", "gw x", "w x]/", "we", "p;w x", "]/w x"),
  )
  .map(([mark, expression, replacement, flags]) => `s/${expression}/${replacement}/${flags}`.replaceAll("/", mark));

export const sedScript: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("")) },
  { weight: 2, arbitrary: whole },
  { weight: 2, arbitrary: wrapped },
  { weight: 1, arbitrary: seam },
);
