import { smallest } from "./smallest.js";
import type { Finding, Target } from "./target.js";

export type Confirmed = { readonly executions: number; readonly findings: readonly Finding[] };

/** Asks the real program about accepted texts until the time is over. */
export const confirm = (target: Target, accepted: readonly string[], deadline: number): Confirmed => {
  const { oracle } = target;
  const blind = oracle.known.filter((text) => oracle.ask([text]) === undefined);
  if (blind.length > 0)
    throw new Error(`${target.name}: nothing is shown for ${JSON.stringify(blind)}; is the program installed?`);
  const ordered = alternating(accepted, oracle.suspicious);
  const findings = new Map<string, Finding>();
  let executions = oracle.known.length;
  for (let at = 0; at < ordered.length && performance.now() < deadline && findings.size < MOST; at += oracle.batch) {
    const texts = ordered.slice(at, at + oracle.batch);
    executions += texts.length;
    if (oracle.ask(texts) === undefined) continue;
    for (const found of blamed(target, texts)) findings.set(found.text, found);
  }
  return { executions, findings: [...findings.values()] };
};

/** The texts in their order, with one that is suspicious before every other while there are any. */
const alternating = (texts: readonly string[], suspicious: RegExp): readonly string[] => {
  const first = texts.filter((text) => suspicious.test(text));
  const others = texts.filter((text) => !suspicious.test(text));
  const longer = Math.max(first.length, others.length);
  return Array.from({ length: longer }, (_, at) => [...first.slice(at, at + 1), ...others.slice(at, at + 1)]).flat();
};

const MOST = 3;
const TRIES = 150;

const blamed = ({ oracle, judge }: Target, texts: readonly string[]): readonly Finding[] =>
  texts
    .filter((text) => oracle.ask([text]) !== undefined)
    .slice(0, MOST)
    .map((text) => {
      const isBad = (less: string) => judge(less).accepted && oracle.ask([less]) !== undefined;
      const least = smallest(text, isBad, TRIES);
      return { text: least, because: oracle.ask([least]) ?? "not every time" };
    });
