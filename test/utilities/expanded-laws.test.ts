import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Argument } from "../../src/plan/plan.js";
import { UNKNOWN_OUTPUT } from "../../src/plan/unknown.js";
import { exampleWords } from "../../src/utilities/example-words.js";
import { matchUtility } from "../../src/utilities/match-utility.js";
import { nastyOutput, withOther, withOutput } from "../plan/nasty-output.js";
import { grammars, parsedFiles } from "./grammar-files.js";

const calls = parsedFiles
  .flatMap((parsed) => (parsed.kind === "refused" ? [] : parsed.spec.accepts))
  .flatMap((command) => {
    const words = exampleWords(command);
    return words === undefined ? [] : [words];
  });

const match = (words: readonly Argument[]) =>
  matchUtility(
    grammars,
    words.map(({ text }) => text),
    "/workspace",
    (argument) => words[argument]?.expanded ?? [],
  );

const given = fc.tuple(fc.constantFrom(...calls), nastyOutput).chain(([words, output]) => withOutput(words, output));

describe("a utility's call with output of other commands in it", () => {
  it("is built from every example of the grammars", () => {
    expect(calls.length).toBeGreaterThan(800);
  });

  it("is the same call whatever the output is: only what stands in its place differs", () => {
    let accepted = 0;
    fc.assert(
      fc.property(given, (words) => {
        const known = match(words);
        if (!known.ok) return;
        accepted += 1;
        const unknown = match(withOther(words, UNKNOWN_OUTPUT));
        const other = unknown.ok ? unknown.value : unknown.error;
        expect(other).toMatchObject({ name: known.value.name, files: known.value.files });
        if (!unknown.ok) return;
        expect(known.value.argv).toEqual(
          unknown.value.argv.map((word, index) => {
            const [before = "", after] = word.split(UNKNOWN_OUTPUT);
            const there = known.value.argv[index] ?? "";
            if (after === undefined) return word;
            return isWrittenOut(words[0]?.text, before, there) ? there : inPlace(there, before, after);
          }),
        );
      }),
      { numRuns: 6000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });

  it("shows no character of an unknown value to anybody who is refused", () => {
    fc.assert(
      fc.property(given, (words) => {
        const unknown = match(withOther(words, UNKNOWN_OUTPUT));
        if (!unknown.ok) expect(`${unknown.error.message}${unknown.error.hint}`).not.toContain(UNKNOWN_OUTPUT);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Whether it is a value of few words that may be abbreviated, and is written in full: `--total=only` for `--total=on`. */
const isWrittenOut = (name: string | undefined, before: string, word: string): boolean => {
  const [, option = ""] = /^--([a-z-]+)=/.exec(before) ?? [];
  const [value] = grammars.utilities.get(name ?? "")?.long.get(option)?.values ?? [];
  return value?.kind === "one-of" && value.abbreviated && value.of.flat().includes(word.slice(`--${option}=`.length));
};

/** The word itself where it is the data between the same two texts. */
const inPlace = (word: string, before: string, after: string): string =>
  word.startsWith(before) && word.endsWith(after) && word.length >= before.length + after.length
    ? word
    : `${before}…${after}`;
