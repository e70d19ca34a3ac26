import fc from "fast-check";
import { brokenLaw } from "./broken-law.js";
import { mutant } from "./mutant.js";
import type { NewCode } from "./new-code.js";
import { smallest } from "./smallest.js";
import type { Finding, Target } from "./target.js";
import type { Watch } from "./watch.js";

export type Explored = {
  readonly executions: number;
  readonly findings: readonly Finding[];
  /** Each once, in no order; those that reached new code stand first. */
  readonly accepted: readonly string[];
};

/** What looks on while a target reads. */
export type Onlookers = { readonly code: NewCode; readonly watch: Watch };

/** Mutates texts until the time is over. A text that reaches new code joins those that mutation starts from. */
export const explore = (target: Target, { code, watch }: Onlookers, deadline: number, seed: number): Explored => {
  const pool = [...target.seeds];
  const findings = new Map<string, Finding>();
  const leading = new Set<string>();
  const accepted = new Set<string>();
  let executions = 0;
  const run = (text: string) => {
    executions++;
    const ran = watch.during(text, () => brokenLaw(target, text));
    if (ran.accepted && accepted.size < MOST_ACCEPTED) accepted.add(text);
    return ran;
  };
  const lead = (text: string) => {
    pool.push(text);
    if (run(text).accepted) leading.add(text);
  };
  for (const text of pool) note(target, text, run(text).because, findings);
  code.reached(true);
  for (let round = 0; performance.now() < deadline && findings.size < MOST_FINDINGS; round++) {
    const texts: string[] = [];
    const law = fc.property(mutant(target, pool), (text) => {
      texts.push(text);
      const { because } = run(text);
      if (because !== undefined) throw new Error(because);
    });
    const { failed, counterexample } = fc.check(law, { numRuns: ROUND, seed: seed + round });
    if (failed && counterexample) note(target, counterexample[0], run(counterexample[0]).because, findings);
    if (code.reached(false)) leadersOf(texts, run, code).forEach(lead);
  }
  return {
    executions,
    findings: [...findings.values()],
    accepted: [...new Set([...leading, ...shuffled(accepted, seed)])],
  };
};

const ROUND = 400;
const MOST_ACCEPTED = 30_000;
const MOST_FINDINGS = 5;

/** The texts that reach new code, by running ever smaller parts of those among which there is one. */
const leadersOf = (texts: readonly string[], run: (text: string) => void, code: NewCode): readonly string[] => {
  texts.forEach(run);
  if (!code.reached(texts.length === 1)) return [];
  if (texts.length === 1) return texts;
  const half = Math.ceil(texts.length / 2);
  return [texts.slice(0, half), texts.slice(half)].flatMap((part) => leadersOf(part, run, code));
};

/** One finding for each reason, so that one mistake does not hide the others. */
const note = (target: Target, text: string, because: string | undefined, findings: Map<string, Finding>): void => {
  const kind = kindOf(because);
  if (because === undefined || kind === undefined || findings.has(kind)) return;
  const least = smallest(text, (less) => kindOf(brokenLaw(target, less).because) === kind);
  findings.set(kind, { text: least, because });
};

const kindOf = (because: string | undefined): string | undefined => because?.replace(/[0-9]+/g, "#");

const shuffled = (texts: ReadonlySet<string>, seed: number): readonly string[] =>
  fc.sample(fc.shuffledSubarray([...texts], { minLength: texts.size }), { numRuns: 1, seed })[0] ?? [];
