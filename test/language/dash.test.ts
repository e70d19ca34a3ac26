import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { type Pipeline, wordText } from "../../src/language/syntax.js";
import { dashPipelines } from "./dash.js";
import { acceptableText } from "./nasty.js";
import { argumentsGrammar, pipelineGrammar } from "./pipeline-grammar.js";
import { sentences } from "./sentence.js";

const BATCH = 1000;

const words = (pipeline: Pipeline): string[][] => pipeline.commands.map((command) => command.words.map(wordText));

const accepted = (text: string): Pipeline | undefined => {
  const parsed = parse(text);
  return parsed.ok ? parsed.value : undefined;
};

/** Texts of one command that begin with `first x`, until there are enough of them. */
const singleCommands = (tails: fc.Arbitrary<string>, enough: number, seed: number): string[] => {
  const texts = new Set<string>();
  for (let round = 0; texts.size < enough; round++) {
    for (const tail of fc.sample(tails, { numRuns: 10_000, seed: seed + round })) {
      const text = `first x${tail}`;
      if (accepted(text)?.commands.length === 1) texts.add(text);
    }
  }
  return [...texts];
};

/** Pipelines whose programs were replaced by the functions that print their words. */
const pipelines = (enough: number, seed: number): string[] => {
  const texts: string[] = [];
  for (let round = 0; texts.length < enough; round++) {
    for (const text of fc.sample(sentences(pipelineGrammar, "text"), { numRuns: 1000, seed: seed + round })) {
      const pipeline = accepted(text);
      if (pipeline !== undefined && pipeline.commands.length > 1) texts.push(withPrograms(text, pipeline));
    }
  }
  return texts.slice(0, enough);
};

const withPrograms = (text: string, pipeline: Pipeline): string => {
  let result = "";
  let at = 0;
  for (const [index, { words }] of pipeline.commands.entries()) {
    result += text.slice(at, words[0].span.start) + (index === 0 ? "first x" : "next x");
    at = words[0].span.end;
  }
  return result + text.slice(at);
};

const compare = (texts: readonly string[], seed: number): void => {
  for (let at = 0; at < texts.length; at += BATCH) {
    const batch = texts.slice(at, at + BATCH);
    const theirs = dashPipelines(batch);
    expect(theirs.length, `answers of dash, seed ${seed}`).toBe(batch.length);
    for (const [index, text] of batch.entries()) {
      const pipeline = accepted(text);
      const ours = pipeline && words(pipeline).map(([, ...rest]) => rest);
      if (JSON.stringify(ours) !== JSON.stringify(theirs[index])) {
        expect({ text, seed, words: ours }).toEqual({ text, seed, words: theirs[index] });
      }
    }
  }
};

describe("words", () => {
  const seed = Date.now();

  it("are exactly those of dash for at least 16,000 sentences of the grammar", () => {
    const tails = sentences(argumentsGrammar, "arguments");
    compare(singleCommands(tails, 16_000, seed), seed);
  });

  it("are exactly those of dash for at least 16,000 random strings that are accepted", () => {
    const tails = acceptableText(24).map((text) => ` ${text}`);
    compare(singleCommands(tails, 16_000, seed), seed);
  });

  it("are those of a script that dash runs without complaint", () => {
    expect(dashPipelines(["first x a\\ b 'c|d'", 'first x | next "e\'f"'])).toEqual([
      [["x", "a b", "c|d"]],
      [["x"], ["e'f"]],
    ]);
  });

  it("stand in the same stages as in dash for 1,000 pipelines", () => {
    compare(pipelines(1000, seed), seed);
  });
});
