import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { awkTarget } from "./awk-target.js";
import { confirm } from "./confirm.js";
import { explore, type Onlookers } from "./explore.js";
import { jqTarget } from "./jq-target.js";
import { languageTarget } from "./language-target.js";
import { type Nest, nest } from "./nest.js";
import { newCode } from "./new-code.js";
import { corpusLine } from "./report.js";
import { sedTarget } from "./sed-target.js";
import type { Finding, Target } from "./target.js";
import { utilitiesTarget } from "./utilities-target.js";
import { watch } from "./watch.js";

/** Fuzzes every target for its part of the time; `fuzz.js [SECONDS [TARGET…]]`, or FUZZ_SECONDS, and FUZZ_SEED to repeat. */
const fuzz = (): boolean => {
  const [given = process.env.FUZZ_SECONDS ?? "60", ...names] = process.argv.slice(2);
  const seconds = Number(given);
  if (!(seconds > 0)) throw new Error(`\`${given}\` is not a number of seconds`);
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  const onlookers = {
    code: newCode(dirname(fileURLToPath(new URL("../src/cli.js", import.meta.url)))),
    watch: watch(),
  };
  const nests = { outside: nest(false), inside: nest(true) };
  console.log(`seed ${seed}`);
  try {
    const targets = makers(nests.outside, nests.inside)
      .filter(([name]) => names.length === 0 || names.includes(name))
      .map(([, make]) => make());
    const part = (seconds * 1_000) / targets.length;
    return targets.map((target) => fuzzOne(target, onlookers, part, seed)).every((found) => found.length === 0);
  } finally {
    onlookers.code.stop();
    onlookers.watch.stop();
    for (const each of Object.values(nests)) each.remove();
  }
};

const makers = (outside: Nest, inside: Nest): readonly (readonly [string, () => Target])[] => [
  ["language", languageTarget],
  ["utilities", () => utilitiesTarget(outside)],
  ["jq", () => jqTarget(inside)],
  ["sed", () => sedTarget(inside)],
  ["awk", () => awkTarget(inside)],
];

/** First our reading, then the real program on what was accepted. */
const fuzzOne = (target: Target, onlookers: Onlookers, milliseconds: number, seed: number): readonly Finding[] => {
  const start = performance.now();
  const half = start + milliseconds * (1 - target.oracle.share);
  const { executions, findings, accepted } = explore(target, onlookers, half, seed);
  const real = confirm(target, accepted, start + milliseconds);
  const found = [...findings, ...real.findings];
  const took = ((performance.now() - start) / 1_000).toFixed(1);
  const runs = `${executions} readings, ${accepted.length} accepted, ${real.executions} run`;
  console.log(`${target.name.padEnd(10)} ${runs}, ${took} s, ${found.length} failures`);
  for (const each of found) console.log(corpusLine(target, each));
  return found;
};

process.exitCode = fuzz() ? 0 : 1;
