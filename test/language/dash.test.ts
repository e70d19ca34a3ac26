import type * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEED } from "../seed.js";
import { compareWords } from "./compare-words.js";
import { dashPipelines } from "./dash.js";
import { acceptableText, partTexts } from "./nasty.js";
import { partsGrammar } from "./pipeline-grammar.js";
import type { Runnable } from "./runnable.js";
import { sentences } from "./sentence.js";

const isOne = ({ pipeline }: Runnable): boolean => pipeline.commands.length === 1;

const compare = (texts: fc.Arbitrary<string>, enough: number, fits = isOne): void =>
  compareWords({ texts, enough, seed: SEED, shell: "/bin/dash", fits });

describe("words", () => {
  it("are exactly those of dash for at least 8,000 sentences of the grammar", () => {
    compare(
      sentences(partsGrammar, "arguments").map((tail) => `a x${tail}`),
      8000,
    );
  });

  it("are exactly those of dash for at least 16,000 random strings that are accepted", () => {
    compare(
      acceptableText(24).map((text) => `a x ${text}`),
      16_000,
    );
  });

  it.each(partTexts.filter(([part]) => part === "expansions" || part === "redirections"))(
    "are exactly those of dash for at least 3,000 strings of what %s are made of",
    (_, texts) => {
      compare(texts, 3000);
    },
  );

  it("are those of a script that dash runs without complaint", () => {
    expect(dashPipelines(["first x a\\ b 'c|d' $(say e '  f') >/dev/null", 'start x | next "e\'f"'])).toEqual([
      [["x", "a b", "c|d", "e", "f"]],
      [["x"], ["e'f"]],
    ]);
  });

  it("stand in the same stages as in dash for 1,000 pipelines", () => {
    compare(sentences(partsGrammar, "pipes"), 1000, (run) => !isOne(run));
  });
});
