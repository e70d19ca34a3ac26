import * as fc from "fast-check";
import { LangVariant, print as mvdanPrint } from "sh-syntax";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import type { List } from "../../src/language/syntax.js";
import { SEED } from "../seed.js";
import { formatted } from "./formatted.js";
import { acceptableText, partTexts } from "./nasty.js";
import { pipelineGrammar } from "./pipeline-grammar.js";
import { sentences } from "./sentence.js";
import { piecesOf } from "./walk.js";

const BATCH = 500;

/** mvdan/sh leaves some continuations and writes some of its own; they are no part of the shape. */
const withoutContinuations = (output: string): string => output.replaceAll("\\\n", "");

/** What mvdan/sh 3 reads in another way than dash and bash do, and what it has of its own. */
const THEIRS = [
  // A backslash at the end of a comment eats the newline.
  /#[^\n]*\\(\n|$)/,
  // A continuation parts an operator.
  /[&|<>](?:\\\n)+[&|>]/,
  // Inside a substitution a number sign may begin a comment in the middle of a word.
  /\$\([\s\S]*(?:[^\s;|&(]|\\\n)#/,
  // Words that mean something as the first one: the end of a test, an element of an array.
  /\](?:\\\n)*\]/,
  /\w(?:\\\n)*\[/,
];

/** A fence or a prompt is not for a shell. */
const isStripped = (text: string): boolean => /^\s*(?:```|\$[ \t])/.test(text);

const FENCE = "fence";

/** What mvdan/sh says of each text; where it refuses one of many, of each half. */
const formattedByMvdan = async (texts: readonly string[], variant: LangVariant): Promise<string[]> => {
  try {
    return await formattedTogether(texts, variant);
  } catch (error) {
    if (texts.length === 1) return [`refused: ${error}`];
    const half = texts.length >> 1;
    const first = await formattedByMvdan(texts.slice(0, half), variant);
    return [...first, ...(await formattedByMvdan(texts.slice(half), variant))];
  }
};

const formattedTogether = async (texts: readonly string[], variant: LangVariant): Promise<string[]> => {
  const script = [...texts, ""].join(`\n${FENCE}\n`);
  const output = await mvdanPrint(script, { keepComments: false, singleLine: true, spaceRedirects: false, variant });
  return output.slice(0, -`; ${FENCE}\n`.length).split(`; ${FENCE}; `);
};

type Compared = { readonly text: string; readonly formatted: string };

/** Texts that are accepted and fit for the comparison, until there are enough of them. */
const acceptedOf = (
  texts: fc.Arbitrary<string>,
  enough: number,
  fits: (list: List) => boolean,
): readonly Compared[] => {
  const accepted = new Map<string, Compared>();
  for (let round = 0; accepted.size < enough; round++) {
    for (const text of fc.sample(texts, { numRuns: 5000, seed: SEED + round })) {
      const parsed = parse(text);
      if (!parsed.ok || isStripped(text) || THEIRS.some((pattern) => pattern.test(text))) continue;
      if (!fits(parsed.value)) continue;
      accepted.set(text, { text, formatted: withoutContinuations(formatted(text, parsed.value)) });
    }
  }
  return [...accepted.values()].slice(0, enough);
};

const compare = async (
  texts: fc.Arbitrary<string>,
  enough: number,
  variant: LangVariant,
  fits: (list: List) => boolean = () => true,
): Promise<void> => {
  const ours = acceptedOf(texts, enough, fits);
  for (let at = 0; at < ours.length; at += BATCH) {
    const batch = ours.slice(at, at + BATCH);
    const theirs = await formattedByMvdan(
      batch.map(({ text }) => text),
      variant,
    );
    const answered = batch.map(({ text }, index) => ({ text, formatted: withoutContinuations(theirs[index] ?? "") }));
    const differs = answered.map((each, index) => each.formatted !== batch[index]?.formatted);
    expect(answered.filter((_, index) => differs[index])).toEqual(batch.filter((_, index) => differs[index]));
  }
};

const isLong = ({ items }: List): boolean => items.length > 1 || items.some(({ rest }) => rest.length > 0);

const expands = (list: List): boolean =>
  piecesOf(list).some((piece) => (piece.kind === "double" ? piece.parts.length > 0 : piece.kind === "substitution"));

describe("the shape of a text", () => {
  it("is what mvdan/sh sees in at least 4,000 sentences of the grammar", async () => {
    await compare(sentences(pipelineGrammar, "text"), 4000, LangVariant.LangBash);
  });

  it("is what mvdan/sh sees in at least 4,000 random strings that are accepted", async () => {
    const posix = acceptableText(20).filter((text) => !/\$'|&>|>&|\|&/.test(text));
    await compare(posix, 4000, LangVariant.LangPOSIX);
  });

  it.each(partTexts.filter(([part]) => part !== "fences"))(
    "is what mvdan/sh sees in at least 2,000 strings of what %s are made of",
    async (part, texts) => {
      const fits = { lists: isLong, expansions: expands }[part];
      await compare(texts, 2000, LangVariant.LangBash, fits);
    },
  );
});
