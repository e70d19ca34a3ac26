import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literalText } from "../../src/language/literal-text.js";
import { parse } from "../../src/language/parse.js";
import type { List, Pipeline } from "../../src/language/syntax.js";
import { SEED } from "../seed.js";
import { runShell } from "./run-shell.js";
import { commandsOf } from "./walk.js";

/** Lists of commands that succeed and commands that fail, most of them well-formed. */
const FRAGMENTS = [
  ...[
    "good",
    "good 1",
    "bad",
    "bad",
    " ",
    " ",
    ";",
    "; ",
    "\n",
    "\n",
    " && ",
    "&&",
    " || ",
    "||",
    " # c\n",
    "\\\n",
    "#",
  ],
  ...["good;", "bad\n", "good &&\n", "bad ||\n\n"],
];

const texts = fc
  .array(fc.constantFrom(...FRAGMENTS), { minLength: 2, maxLength: 14, size: "max" })
  .map((all) => all.join(""));

const known = (list: List): boolean =>
  commandsOf(list).every(({ words: [program] }) => ["good", "bad"].includes(literalText(program) ?? ""));

const lists = (enough: number, seed: number): Map<string, List> => {
  const all = new Map<string, List>();
  for (let round = 0; all.size < enough; round++) {
    for (const text of fc.sample(texts, { numRuns: 5000, seed: seed + round })) {
      const parsed = parse(text);
      if (parsed.ok && known(parsed.value)) all.set(text, parsed.value);
    }
  }
  return all;
};

/** The commands that run, in their order, by the tree. */
const runs = (list: List): string => {
  let trace = "";
  const run = ({ commands: [{ words }] }: Pipeline): boolean => {
    const [program] = words;
    const good = literalText(program) === "good";
    trace += `${good ? "g" : "b"}${words.length - 1} `;
    return good;
  };
  for (const { first, rest } of list.items) {
    let good = run(first);
    for (const { operator, pipeline } of rest) if (good === (operator === "&&")) good = run(pipeline);
  }
  return trace;
};

const PROLOGUE = `good() { printf 'g%s ' $#; }
bad() { printf 'b%s ' $#; return 1; }`;

describe("parseList", () => {
  it("gives lists whose commands run in the order and under the conditions of dash, for 4,000 lists", () => {
    const seed = SEED;
    const ours = lists(4000, seed);
    expect([...ours.values()].some(({ items }) => items.some(({ rest }) => rest.length > 3))).toBe(true);
    const script = [...ours.keys()].flatMap((text) => [text, "printf '\\1'"]);
    const theirs = runShell("/bin/dash", [PROLOGUE, ...script]).split("\x01");
    const compared = [...ours].map(([text, list], index) => ({ text, ours: runs(list), theirs: theirs[index] }));
    expect(compared.filter((each) => each.ours !== each.theirs)).toEqual([]);
  });
});
