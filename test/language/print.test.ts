import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { print } from "../../src/language/print.js";
import { err, ok } from "../../src/language/result.js";
import {
  type AndOr,
  type Command,
  type DoublePart,
  type Expansion,
  type List,
  type Piece,
  type Pipeline,
  type Redirection,
  VARIABLES,
  type Word,
} from "../../src/language/syntax.js";
import {
  andOr,
  bare,
  command,
  discard,
  dollarSingle,
  double,
  duplicate,
  emptyInput,
  escaped,
  list,
  pipeline,
  redirected,
  single,
  substitution,
  variable,
  withoutSpans,
  word,
} from "./build.js";
import { partTexts } from "./nasty.js";
import { pipelineGrammar } from "./pipeline-grammar.js";
import { sentences } from "./sentence.js";

const BARE = "abcxyzABC019*?[]{}~!^=%,:@+-./_é\u00a0漢😀";
const ANY = `${BARE} \t\n'"\\\`$|&;<>()#`;
const CONTROL = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code + 1)).join("");

const characters = (from: string) => fc.constantFrom(...Array.from(from));
const text = (from: string, minLength: number) => fc.string({ unit: characters(from), minLength, maxLength: 8 });

const plain = text(BARE, 1);
const tail = fc.oneof(text(`${BARE}#`, 1), fc.constantFrom("$.", "a$=b", "$}$]"));

const variables: fc.Arbitrary<Expansion> = fc.constantFrom(...VARIABLES).map(variable);

/** No two texts stand side by side, and none is empty. */
const parts = (expansions: fc.Arbitrary<Expansion>): fc.Arbitrary<DoublePart[]> =>
  fc
    .array(fc.tuple(text(ANY, 0), expansions), { maxLength: 3 })
    .chain((pairs) => text(ANY, 0).map((last) => double(...pairs.flat(), last)))
    .map((piece) => (piece.kind === "double" ? [...piece.parts] : []));

const quoted = (expansions: fc.Arbitrary<Expansion>): fc.Arbitrary<Piece> =>
  fc.oneof(
    text(ANY.replace("\n", ""), 1).map((value) => escaped(Array.from(value)[0] ?? "x")),
    text(ANY.replace("'", ""), 0).map(single),
    text(`${ANY}${CONTROL}\x7f`, 0).map(dollarSingle),
    parts(expansions).map((all) => double(...all)),
    expansions,
  );

/** Bare runs never stand side by side: they would be one. */
const words = (expansions: fc.Arbitrary<Expansion>): fc.Arbitrary<Word> => {
  const any = quoted(expansions);
  return fc.oneof(
    fc.tuple(plain, fc.array(any, { maxLength: 3 })).map(([first, rest]) => word(first, ...rest)),
    fc.tuple(any, tail, any).map(([first, middle, last]) => word(first, bare(middle), last)),
    fc.tuple(any, tail).map(([first, last]) => word(first, bare(`${last}$`))),
    fc.constant(word("$")),
  );
};

const redirections: fc.Arbitrary<Redirection> = fc.oneof(
  fc.tuple(fc.constantFrom<1 | 2>(1, 2), fc.constantFrom<1 | 2>(1, 2)).map(([from, to]) => duplicate(from, to)),
  fc.constantFrom<1 | 2>(1, 2).map(discard),
  fc.constant(emptyInput),
);

const commands = (expansions: fc.Arbitrary<Expansion>): fc.Arbitrary<Command> =>
  fc
    .tuple(
      fc.constantFrom("aws", "jq", "./x"),
      fc.array(words(expansions), { maxLength: 3 }),
      fc.array(redirections, { maxLength: 2 }),
    )
    .map(([program, rest, all]) => redirected(command(program, ...rest), ...all));

const pipelines = (expansions: fc.Arbitrary<Expansion>): fc.Arbitrary<Pipeline> =>
  fc
    .array(commands(expansions), { minLength: 1, maxLength: 3 })
    .map(([first = command("aws"), ...rest]) => pipeline(first, ...rest));

const andOrs = (expansions: fc.Arbitrary<Expansion>): fc.Arbitrary<AndOr> =>
  fc
    .tuple(
      pipelines(expansions),
      fc.array(fc.tuple(fc.constantFrom<"&&" | "||">("&&", "||"), pipelines(expansions)), { maxLength: 2 }),
    )
    .map(([first, rest]) => andOr(first, ...rest));

const lists = (depth: number): fc.Arbitrary<List> => {
  const expansions = depth === 0 ? variables : fc.oneof(variables, lists(depth - 1).map(substitution));
  return fc
    .array(andOrs(expansions), { minLength: 1, maxLength: 2 })
    .map(([first = andOr(pipeline(command("aws"))), ...rest]) => list(first, ...rest));
};

const parsedWithoutSpans = (printed: string) => {
  const parsed = parse(printed);
  return parsed.ok ? ok(withoutSpans(parsed.value)) : err({ printed, ...parsed.error });
};

describe("print", () => {
  it("gives one line with one blank between words and around operators, and redirections last", () => {
    const first = pipeline(
      redirected(command("aws", word(single("a b"))), duplicate(2, 1), discard(1)),
      command("jq", word(double('a"b$c`d\\')), word(escaped("|"))),
    );
    const inner = list(pipeline(redirected(command("cat"), emptyInput)), pipeline(command("b")));
    const second = pipeline(command("c", word(dollarSingle("'\t\x1b1")), word("d", substitution(inner))));
    const third = pipeline(command("e", word(double("f ", variable("AWS_REGION")), variable("AWS_PROFILE"))));
    expect(print(list(andOr(first, ["&&", second], ["||", third]), third))).toBe(
      `aws 'a b' 2>&1 1>/dev/null | jq "a\\"b\\$c\\\`d\\\\" \\| && c $'\\'\\t\\0331' d$(cat </dev/null; b) || e "f \${AWS_REGION}"\${AWS_PROFILE}; e "f \${AWS_REGION}"\${AWS_PROFILE}`,
    );
  });

  it("gives a text that parses to the same tree", () => {
    fc.assert(
      fc.property(lists(1), (tree) => {
        const printed = parsedWithoutSpans(print(tree));
        fc.pre(printed.ok || printed.error.code !== "too-many-pipelines");
        expect(printed).toEqual(ok(tree));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([["the grammar", sentences(pipelineGrammar, "text")], ...partTexts] as const)(
    "gives a text that parses to the same tree for every text that is accepted of what %s makes",
    (_, texts) => {
      fc.assert(
        fc.property(texts, (accepted) => {
          const parsed = parse(accepted);
          if (parsed.ok) expect(parsedWithoutSpans(print(parsed.value))).toEqual(ok(withoutSpans(parsed.value)));
        }),
        { numRuns: 3000 },
      );
    },
  );
});
