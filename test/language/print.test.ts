import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { print } from "../../src/language/print.js";
import { err, ok } from "../../src/language/result.js";
import type { Command, Piece, Pipeline, Word } from "../../src/language/syntax.js";
import { bare, command, double, escaped, pipeline, single, withoutSpans, word } from "./build.js";
import { pipelineGrammar } from "./pipeline-grammar.js";
import { sentences } from "./sentence.js";

const BARE = "abcxyzABC019*?[]{}~!^=%,:@+-./_é\u00a0漢😀";
const ANY = `${BARE} \t\n'"\\\`$|&;<>()#`;

const characters = (from: string) => fc.constantFrom(...Array.from(from));
const text = (from: string, minLength: number) => fc.string({ unit: characters(from), minLength, maxLength: 8 });

const plain = text(BARE, 1);
const tail = fc.oneof(text(`${BARE}#`, 1), fc.constantFrom("$.", "a$=b", "$}$]"));

const quoted: fc.Arbitrary<Piece> = fc.oneof(
  text(ANY.replace("\n", ""), 1).map((value) => escaped(Array.from(value)[0] ?? "x")),
  text(ANY.replace("'", ""), 0).map(single),
  text(ANY, 0).map(double),
);

/** Bare runs never stand side by side: they would be one. */
const words: fc.Arbitrary<Word> = fc.oneof(
  fc.tuple(plain, fc.array(quoted, { maxLength: 3 })).map(([first, rest]) => word(first, ...rest)),
  fc.tuple(quoted, tail, quoted).map(([first, middle, last]) => word(first, bare(middle), last)),
  fc.tuple(quoted, tail).map(([first, last]) => word(first, bare(`${last}$`))),
  fc.constant(word("$")),
);

const commands: fc.Arbitrary<Command> = fc
  .tuple(fc.constantFrom("aws", "jq", "./x"), fc.array(words, { maxLength: 6 }))
  .map(([program, rest]) => command(program, ...rest));

const pipelines: fc.Arbitrary<Pipeline> = fc
  .tuple(commands, fc.array(commands, { maxLength: 4 }))
  .map(([first, rest]) => pipeline(first, ...rest));

const parsedWithoutSpans = (printed: string) => {
  const parsed = parse(printed);
  return parsed.ok ? ok(withoutSpans(parsed.value)) : err({ printed, ...parsed.error });
};

describe("print", () => {
  it("gives one line with one blank between words and around pipes", () => {
    const tree = pipeline(
      command("aws", word(single("a b"))),
      command("jq", word(double('a"b$c`d\\')), word(escaped("|"))),
    );
    expect(print(tree)).toBe('aws \'a b\' | jq "a\\"b\\$c\\`d\\\\" \\|');
  });

  it("gives a text that parses to the same tree", () => {
    fc.assert(
      fc.property(pipelines, (tree) => {
        expect(parsedWithoutSpans(print(tree))).toEqual(ok(tree));
      }),
      { numRuns: 3000 },
    );
  });

  it("gives a text that parses to the same tree for every sentence of the grammar", () => {
    fc.assert(
      fc.property(sentences(pipelineGrammar, "text"), (sentence) => {
        const parsed = parse(sentence);
        if (!parsed.ok) throw new Error(`${JSON.stringify(sentence)} was refused`);
        expect(parsedWithoutSpans(print(parsed.value))).toEqual(ok(withoutSpans(parsed.value)));
      }),
      { numRuns: 3000 },
    );
  });
});
