import * as fc from "fast-check";
import { LangVariant, print as mvdanPrint } from "sh-syntax";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import type { Piece, Pipeline } from "../../src/language/syntax.js";
import { acceptableText } from "./nasty.js";
import { pipelineGrammar } from "./pipeline-grammar.js";
import { sentences } from "./sentence.js";

const BATCH = 500;

/** The same words and pipes with one blank between them and no continuations: how mvdan/sh formats what it understood. */
const formatted = (text: string, pipeline: Pipeline): string =>
  pipeline.commands
    .map(({ words }) => words.map(({ pieces }) => pieces.map((piece) => asWritten(text, piece)).join("")).join(" "))
    .join(" | ");

const asWritten = (text: string, piece: Piece): string => {
  const written = text.slice(piece.span.start, piece.span.end);
  switch (piece.kind) {
    case "bare":
      return piece.text;
    case "escaped":
    case "single":
      return written;
    case "double":
      return withoutContinuations(written);
  }
};

const withoutContinuations = (written: string): string =>
  written.replace(/\\([\s\S])/g, (both, second) => (second === "\n" ? "" : both));

/** mvdan/sh leaves a continuation after an escape, and writes some of its own between double quotes. */
const normalised = (output: string): string =>
  output.replace(/'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]/g, (quoted) =>
    quoted.startsWith("'") ? quoted : withoutContinuations(quoted),
  );

/** A backslash at the end of a comment eats the newline in mvdan/sh 3, though not in dash or POSIX: a bug of theirs. */
const endsCommentWithBackslash = (text: string): boolean => /#[^\n]*\\(\n|$)/.test(text);

const FENCE = "fence";

const formattedByMvdan = async (texts: readonly string[]): Promise<string[]> => {
  const script = [...texts, ""].join(`\n${FENCE}\n`);
  const options = { keepComments: false, singleLine: true, variant: LangVariant.LangPOSIX };
  const output = await mvdanPrint(script, options);
  return output.slice(0, -`; ${FENCE}\n`.length).split(`; ${FENCE}; `);
};

type Compared = { readonly text: string; readonly formatted: string };

/** Texts that are accepted and fit for the comparison, until there are enough of them. */
const acceptedOf = (texts: fc.Arbitrary<string>, enough: number): readonly Compared[] => {
  const accepted = new Map<string, Compared>();
  while (accepted.size < enough) {
    for (const text of fc.sample(texts, 5000)) {
      const parsed = parse(text);
      if (!parsed.ok || endsCommentWithBackslash(text)) continue;
      accepted.set(text, { text, formatted: formatted(text, parsed.value) });
    }
  }
  return [...accepted.values()];
};

const compare = async (ours: readonly Compared[]): Promise<void> => {
  for (let at = 0; at < ours.length; at += BATCH) {
    const batch = ours.slice(at, at + BATCH);
    const theirs = await formattedByMvdan(batch.map(({ text }) => text));
    expect(batch.map(({ text }, index) => ({ text, formatted: normalised(theirs[index] ?? "") }))).toEqual(batch);
  }
};

describe("the shape of a pipeline", () => {
  it("is what mvdan/sh sees in at least 4,000 sentences of the grammar", async () => {
    await compare(acceptedOf(sentences(pipelineGrammar, "text"), 4000));
  });

  it("is what mvdan/sh sees in at least 4,000 random strings that are accepted", async () => {
    await compare(acceptedOf(acceptableText(20), 4000));
  });
});
