import { describe, expect, it } from "vitest";
import { parse } from "../../src/language/parse.js";
import { readCorpus } from "./corpus.js";
import { grammarAccepts } from "./pipeline-grammar.js";
import { show } from "./show.js";

const entries = readCorpus(new URL("../../grammar/corpus/", import.meta.url));

/** What the head of the grammar says beside its rules. */
const isLimit = (expected: string): boolean => /^Problem\((?:substitution-too-deep|too-many-pipelines),/.test(expected);

describe("grammar/corpus", () => {
  it("has at least 400 entries with titles of their own", () => {
    expect(new Set(entries.map(({ title }) => title)).size).toBe(entries.length);
    expect(entries.length).toBeGreaterThanOrEqual(400);
  });

  it.each(entries)("$file: $title", ({ input, expected }) => {
    expect(show(parse(input))).toBe(expected);
    expect(grammarAccepts(input)).toBe(!expected.startsWith("Problem(") || isLimit(expected));
  });
});
