import * as fc from "fast-check";
import { expect } from "vitest";
import { shellPipelines } from "./dash.js";
import { fields } from "./fields.js";
import type { Shell } from "./run-shell.js";
import { type Runnable, runnable } from "./runnable.js";

const BATCH = 1000;

/** Which texts, how many of them at least, and the seed that brings them back. */
export type Compared = {
  readonly texts: fc.Arbitrary<string>;
  readonly enough: number;
  readonly seed: number;
  readonly shell: Shell;
  readonly fits: (run: Runnable) => boolean;
};

/** Compares the words of texts that are accepted with those that a shell makes of them. */
export const compareWords = (compared: Compared): void => {
  const all = runnables(compared);
  for (let at = 0; at < all.length; at += BATCH) compareBatch(all.slice(at, at + BATCH), compared);
};

/** Texts that shells may run, each made of another one, until there are enough of them. */
const runnables = ({ texts, enough, seed, shell, fits }: Compared): Runnable[] => {
  const all = new Map<string, Runnable>();
  for (let round = 0; all.size < enough; round++) {
    for (const text of fc.sample(texts, { numRuns: 5000, seed: seed + round })) {
      const run = runnable(text, shell);
      if (run !== undefined && fits(run)) all.set(run.text, run);
    }
  }
  return [...all.values()].slice(0, enough);
};

const compareBatch = (batch: readonly Runnable[], { shell, seed }: Compared): void => {
  const theirs = shellPipelines(
    shell,
    batch.map(({ text }) => text),
  );
  expect(theirs.length, `answers of ${shell}, seed ${seed}`).toBe(batch.length);
  for (const [index, { text, pipeline }] of batch.entries()) {
    const ours = pipeline.commands.map(({ words: [, ...rest] }) => fields(rest));
    if (JSON.stringify(ours) === JSON.stringify(theirs[index])) continue;
    expect({ text, seed, words: ours }).toEqual({ text, seed, words: theirs[index] });
  }
};
