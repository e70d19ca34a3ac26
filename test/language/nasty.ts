import * as fc from "fast-check";

const NASTY = Array.from(
  "\\\\\n\n\n''\"\"$$$``||&;<>()##  \t\t=!{}[]^%,:@+~*?-./_abifnx012é\u00a0漢😀\0\r\u007f\u0085\u2028\u202e\u061c\ud800",
);

export const nastyCharacter = fc.constantFrom(...NASTY);

/** Strings of characters that all mean something. */
export const nastyText = (maxLength: number): fc.Arbitrary<string> => textOf(NASTY, maxLength);

const textOfFragments = (fragments: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...fragments), { maxLength, size: "max" }).map((chosen) => chosen.join(""));

const FIRST_WORDS = [
  ...["if", "fi", "i", "f", "do", "done", "case", "time", "!", "{", "}", "[[", "[", "in", "function", "coproc", "esac"],
  ...["=", "+=", "+", "A", "_", "1", "A=", "\\\n", "\\\n", " ", " ", "|", "|", "\n", "#", "''", '"a"', "\\", "$", "$."],
];

/** Strings of what matters where a program is named. */
export const firstWordText = textOfFragments(FIRST_WORDS, 8);

/** What a part of the language is made of, and what stands around it: so its edges are met often. */
type Part = {
  readonly around: readonly (readonly [start: string, end: string])[];
  readonly fragments: readonly string[];
};

const PARTS: Readonly<Record<string, Part>> = {
  redirections: {
    around: [
      ["", ""],
      ["a ", ""],
      ["a ", ""],
      ["a >", "/dev/null"],
      ["a 2>&", " b"],
      ["", " a"],
    ],
    fragments: [
      ...["a", " ", " ", "\\\n", "1", "2", "0", "{a}", ">", ">&", "&>", "<", ">>", ">|", "&", "|", "|&", ";", "\n"],
      ...[" 2>&1", " >/dev/null", "2>/dev/null", "</dev/null", "&>/dev/null", "/dev/null", "/dev/", "null"],
      ...["'", "'", '"', '"', "''", "\\", "x", "#", "$(b)", "$"],
    ],
  },
  lists: {
    around: [
      ["", ""],
      ["a ", ""],
      ["a ", " b"],
      ["x $(", ")"],
      ["x $(a ", " b)"],
    ],
    fragments: [
      ...["a", "b", " a", "b ", " ", " ", ";", ";", "&", "&&", "||", "|", "|&", "\n", "\\\n", "#", " #c\n"],
      ...[")", "$(", "-", "$ ", "if", "&>/dev/null "],
    ],
  },
  expansions: {
    around: [
      ["a ", ""],
      ["a ", ""],
      ['a "', '"'],
      ["a $(b ", ")"],
      ['a "$(b "', '")"'],
      ["", " a"],
    ],
    fragments: [
      ...[
        "$(a)",
        "$(a ",
        ")",
        "$AWS_REGION",
        "$AWS_REGION",
        `\${AWS_PROFILE}`,
        "$AWS_PROFIL",
        "${",
        "}",
        "$",
        "x",
        "_",
        "1",
      ],
      ...["\\\n", "\\\n", "\\", '"', "'", ";", "\n", "#", "`", "(", "$((", "|", "E", "."],
    ],
  },
  escapes: {
    around: [
      ["a $'", "'"],
      ["a $'", "'"],
      ["a $'\\", "'"],
      ["a x$'", "'"],
      ["a ", ""],
      ["a \"$(b $'", "')\""],
    ],
    fragments: [
      ...[
        "\\",
        "\\\\",
        "x",
        "\\x",
        "\\x",
        "\\c",
        "\\0",
        "\\1",
        "0",
        "0",
        "1",
        "4",
        "7",
        "8",
        "f",
        "a",
        "c",
        "n",
        "u",
        "?",
        "@",
      ],
      ...["'", "\\'", "$'", '"', "\n", "é", "A", "[", " "],
    ],
  },
  fences: {
    around: [
      ["", ""],
      ["```\n", "\n```"],
      ["```sh\n", "\n```\n"],
      ["```", "a\n```"],
    ],
    fragments: [
      "```",
      "```\n",
      "\n",
      "\n",
      " ",
      "$ ",
      "$",
      "sh",
      "a",
      "a b",
      "#",
      "'",
      "'",
      "\\\n",
      "\t",
      "- ",
      ";",
      "+",
    ],
  },
};

/** Strings of the fragments of one part, of which many are in the language. */
export const partTexts: readonly (readonly [part: string, texts: fc.Arbitrary<string>])[] = Object.entries(PARTS).map(
  ([part, { around, fragments }]) => [
    part,
    fc
      .tuple(fc.constantFrom(...around), textOfFragments(fragments, 7))
      .map(([[start, end], text]) => start + text + end),
  ],
);

const ACCEPTABLE = Array.from("\\\\\\\n''''\"\"\"\"$$`|;&#   \t=!{}[]^%,:@+~*?-./_abifnx019é\u00a0\u3000漢😀ā");

/** Strings of which many are in the language, and with them what only quotes make acceptable. */
export const acceptableText = (maxLength: number): fc.Arbitrary<string> => textOf(ACCEPTABLE, maxLength);

const textOf = (characters: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...characters), { maxLength, size: "max" }).map((chosen) => chosen.join(""));
