import fc from "fast-check";
import { jsonTexts, shorthandTexts } from "./realistic.js";

/** Shorthand that is mostly almost right: grown by its grammar, thrown together from its signs, and real values with a few changes. */
export const arbitraryShorthand = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: mutated(grown, shorthandSigns) },
    { weight: 3, arbitrary: fc.array(sign(shorthandSigns), { maxLength: 14 }).map(join) },
    { weight: 3, arbitrary: mutated(fc.constantFrom(...shorthandTexts), shorthandSigns) },
  );

/** The same for JSON. */
export const arbitraryJson = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: mutated(fc.json({ maxDepth: 4 }), jsonSigns) },
    { weight: 4, arbitrary: fc.array(sign(jsonSigns), { maxLength: 9 }).map(join) },
    { weight: 3, arbitrary: mutated(fc.constantFrom(...jsonTexts), jsonSigns) },
    { weight: 2, arbitrary: fc.array(sign(stringSigns), { maxLength: 6 }).map((parts) => `"${parts.join("")}"`) },
    { weight: 2, arbitrary: fc.array(sign(numberSigns), { maxLength: 6 }).map(join) },
  );

/** Each text as it is or with one to three signs put in, taken out or put in place of another. */
const mutated = (texts: fc.Arbitrary<string>, signs: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(texts, fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2), sign(signs)), { maxLength: 3 }))
    .map(([text, changes]) => changes.reduce(change, text).replace(/\p{Surrogate}/gu, ""));

const change = (text: string, [place, taken, put]: readonly [number, number, string]): string => {
  const at = place % (text.length + 1);
  return text.slice(0, at) + (taken === 2 ? "" : put) + text.slice(at + (taken === 0 ? 0 : 1));
};

const sign = (signs: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...signs) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 1 }) },
  );

const join = (parts: readonly string[]): string => parts.join("");

const shorthandSigns = [
  ..."=@,,[]{}'\"\\ ab1=",
  ..."!#$%&()*+-./:;<>?^_`|~\t\n\r\v\f\x01\x08\x1b\x1c\x1d\x1f\x7f\x85\xa0\u1680\u2003\u2028\u3000\ufeff\uffff\ufffeé漢😀",
  ...[
    "\\,",
    "\\'",
    '\\"',
    "\\\\",
    "a=",
    "b@=",
    " @ = ",
    "=[",
    "={",
    "},",
    "],",
    "=b,",
    ",a=",
    "k:x",
    "file://f",
    "fileb://g",
    "@=file://f",
  ],
];

const jsonSigns = [
  ..."{}[]:,\"\\ \t\n\r\v\f\xa0\ufeff'01-+.eE/*#\x00\x1f\x7f\u2028é😀",
  ...[
    "NaN",
    "Infinity",
    "-Infinity",
    "nan",
    "true",
    "false",
    "null",
    "True",
    "None",
    "01",
    "-0",
    "-",
    "1.",
    ".5",
    "1e5",
    "1e999",
  ],
  ...[
    '"a"',
    '"a":',
    '"b":1,',
    '"\\u0061":2',
    "\\ud83d",
    "\\ude00",
    "\\ud83d\\ude00",
    "\\u0000",
    "\\x",
    "[[",
    "]]",
    "12345678901234567890",
  ],
];

const stringSigns = [
  ...'ab\\/u"\n\t\x1f\x7f😀',
  ...[
    "\\n",
    "\\/",
    '\\"',
    "\\\\",
    "\\u",
    "\\u00",
    "\\u0041",
    "\\u00e9",
    "\\uD83D",
    "\\uDE00",
    "\\ud83d\\ude00",
    "\\udbff\\udfff",
    "\\uG000",
    "\\u 041",
    "\\u+041",
  ],
];

const numberSigns = [..."0123456789-+.eE_x١", ..."00..--ee", "1e308", "9".repeat(40)];

const { value: grownValue, map: grown } = fc.letrec<{ value: string; map: string; pair: string }>((tie) => ({
  map: fc.array(tie("pair"), { minLength: 1, maxLength: 4 }).map((pairs) => pairs.join(",")),
  pair: fc
    .tuple(
      fc.constantFrom("a", "b", "Key", "x-y.z#/:", ""),
      fc.constantFrom("=", "=", " = ", "@=", "@ ="),
      tie("value"),
    )
    .map(join),
  value: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    { weight: 3, arbitrary: word() },
    fc.array(word(), { minLength: 2, maxLength: 4 }).map((words) => words.join(",")),
    fc.array(tie("value"), { maxLength: 3 }).map((values) => `[${values.join(", ")}]`),
    tie("map").map((pairs) => `{${pairs}}`),
  ),
}));

function word(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom("a", "b c", "file://f", "fileb://g", "tag:x", "10.0.0.0/8", "x\\,y", "", "-1", "a=b", "$", "é\xa0"),
    fc.array(sign(shorthandSigns), { maxLength: 3 }).map((parts) => `'${parts.join("")}'`),
    fc.array(sign(shorthandSigns), { maxLength: 3 }).map((parts) => `"${parts.join("")}"`),
  );
}

/** Values of no map, for lists of words. */
export const arbitraryWord = (): fc.Arbitrary<string> => fc.oneof(arbitraryShorthand(), arbitraryJson(), grownValue);
