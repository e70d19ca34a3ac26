import { readFileSync } from "node:fs";
import fc from "fast-check";
import { soundProgram } from "./awk-grammar.js";

const sections = readFileSync(new URL("pieces.txt", import.meta.url), "utf8")
  .trim()
  .split("\n\n");

const piecesOf = (title: string): readonly string[] => {
  const [, ...pieces] = sections.find((section) => section.startsWith(`== ${title}\n`))?.split("\n") ?? [];
  if (pieces.length === 0) throw new Error(`there are no ${title}`);
  return pieces;
};

// What is hostile leaves a mark: a file that is made, the canary that is shown, a command that runs.
const hostileExpressions = piecesOf("hostile expressions");
const hostileStatements = piecesOf("hostile statements");
const hostileItems = piecesOf("hostile items");
const expressions = piecesOf("expressions");
const statements = piecesOf("statements");
const patterns = ["", ...piecesOf("patterns")];

const oftenTame = (tame: readonly string[], hostile: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...tame) }, { weight: 1, arbitrary: fc.constantFrom(...hostile) });

const joiners = [
  ...["", " ", " ", " + ", " / ", "/", " /", "=", " ~ ", " > ", " < ", ", ", " in ", " && "],
  ...["\n", "\\\n", " # c\n", ..."; ( ) [ ] @ | _".split(" ")],
];

/** Expressions side by side, with what may stand between them and what may not. */
const expression = fc
  .tuple(
    oftenTame(expressions, hostileExpressions),
    fc.array(fc.tuple(fc.constantFrom(...joiners), oftenTame(expressions, hostileExpressions)), { maxLength: 2 }),
  )
  .map(([first, rest]) => first + rest.flat().join(""));

const statement = fc.oneof(
  { weight: 4, arbitrary: oftenTame(statements, hostileStatements) },
  { weight: 2, arbitrary: expression },
  { weight: 2, arbitrary: expression.map((text) => `print ${text}`) },
  { weight: 1, arbitrary: fc.tuple(expression, expression).map(([a, b]) => `if (${a}) print ${b}`) },
  { weight: 1, arbitrary: expression.map((text) => `x = ${text}`) },
);

const item = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.oneof(fc.constantFrom(...patterns), expression),
        fc.array(statement, { maxLength: 3 }),
        fc.constantFrom("; ", "\n", " "),
      )
      .map(([pattern, body, between]) => `${pattern} { ${body.join(between)} }`),
  },
  { weight: 2, arbitrary: expression.map((text) => `${text}\n`) },
  { weight: 1, arbitrary: fc.constant("function f(p, q) { return p / q }") },
  { weight: 1, arbitrary: statement.map((text) => `function g(p, q) { ${text} }\n`) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileItems) },
);

const composed = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(" "));

const scraps: readonly string[] = [
  ..."/\"'>|<&@_:;{}()[],=!~?+-*%^$#\\\n \t.x1",
  ...["system", "getline", "print ", "ENVIRON", ' > "mark9"', ' | "sh"', " in ", "else ", "/x/", '"t"', '#"\n', "\\\n"],
];

/** A program with scraps put in and characters taken out somewhere. */
const damaged = (whole: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      whole,
      fc.array(
        fc.record({ at: fc.nat(), removed: fc.constantFrom(0, 0, 1, 2), added: fc.constantFrom("", ...scraps) }),
        { minLength: 1, maxLength: 2 },
      ),
    )
    .map(([program, edits]) =>
      edits.reduce((text, { at, removed, added }) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + added + text.slice(place + removed);
      }, program),
    );

const soup = fc.array(
  fc.oneof(
    fc.constantFrom(...scraps),
    oftenTame([...expressions, ...statements], [...hostileExpressions, ...hostileStatements]),
  ),
  {
    minLength: 1,
    maxLength: 10,
  },
);

/** A slash, and something hostile that is text in one reading and code in another. */
const ambiguous = fc
  .tuple(
    fc.constantFrom(
      ...expressions,
      ..."x++ x-- ) ] print return in 1 (x) a[1] f(x) getline length case ! }".split(" "),
    ),
    fc.constantFrom("", " ", "\n", "\\\n"),
    fc.constantFrom(...'/ /= /[ /[^ /[] /[^] /] /\\ "/ /" #/ /# /[[:x:] /[[ /x]['.split(" ")),
    oftenTame(expressions, hostileExpressions),
    fc.constantFrom("/", "]/", "/]", '"', '/"', "\\/", "\n/", "]]/", " /"),
    fc.constantFrom("", " 1", "/2", " ? 1 : 2", '"'),
  )
  .map((parts) => parts.join(""))
  .chain((text) =>
    fc.constantFrom(text, `{ ${text} }`, `{ print ${text} }`, `BEGIN { x = ${text}; print x }`, `$0 ~ ${text}`),
  );

/** awk programs, many of which compile, with what reaches beyond them in every kind of place. */
export const awkProgram: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: composed },
  { weight: 4, arbitrary: damaged(composed) },
  { weight: 2, arbitrary: damaged(soundProgram(60)) },
  { weight: 2, arbitrary: ambiguous },
  { weight: 1, arbitrary: soup.map((parts) => parts.join(" ")) },
);
