import * as fc from "fast-check";
import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, benchMachine } from "../executor/bench-machine.js";
import { SEED } from "../seed.js";
import { arbitraryText } from "./arbitrary-text.js";
import { inBash } from "./bash.js";
import { runText } from "./run-text.js";

let bench: Bench;

beforeAll(() => {
  bench = benchMachine();
});
afterAll(() => bench.remove());

/** Why a text that bash runs may be refused here, by the code of the refusal. */
const REASONS: Readonly<Record<string, string>> = {
  "expansion-empty": "an empty value in place of an argument could mean everything",
  "expansion-dash": "data that begins with a hyphen could be taken for an option",
  "expansion-characters": "half a character, as `cut -c` makes them of bytes, would become another one",
  "xargs-input-not-text": "the same for items",
  "xargs-quote": "GNU xargs has run what stands before an unmatched quote when it finds it; here nothing runs",
};

describe("texts", () => {
  const seed = SEED;

  it("print what they print in bash, and end with its status, for at least 2,000 of them", {
    timeout: 600_000,
  }, async () => {
    const refused = new Map<string, number>();
    let equal = 0;
    const compare = async (text: string): Promise<void> => {
      const [ours, theirs] = await Promise.all([runText(bench, text), inBash(text)]);
      if ("refused" in ours) {
        refused.set(ours.refused, (refused.get(ours.refused) ?? 0) + 1);
        const code = REASONS[ours.refused] === undefined ? ours.refused : "";
        expect({ text, seed, code }).toEqual({ text, seed, code: "" });
        return;
      }
      expect({ text, seed, ...ours }).toEqual({ text, seed, ...theirs });
      equal += 1;
    };
    for (let round = 0; equal < 2000; round++) {
      const texts = fc.sample(arbitraryText(), { numRuns: 100, seed: seed + round });
      const turns = pLimit(4);
      await Promise.all(texts.map((text) => turns(() => compare(text))));
    }
    console.log(`${equal} texts as in bash; refused: ${JSON.stringify(Object.fromEntries(refused))}`);
  });
});
