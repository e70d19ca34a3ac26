import type { Judgement, Target } from "./target.js";

/** What a target does wrong with a text, by itself: it throws, changes its mind, takes too long or breaks a law of its own. */
export const brokenLaw = (target: Target, text: string): { readonly accepted: boolean; readonly because?: string } => {
  try {
    const start = performance.now();
    const first = target.judge(text);
    const took = performance.now() - start;
    const because = first.broken ?? twoAnswers(first, target.judge(text)) ?? slow(target, text, took);
    return { accepted: first.accepted, ...(because !== undefined && { because }) };
  } catch (error) {
    return { accepted: false, because: `throws ${error instanceof Error ? error.message : String(error)}` };
  }
};

const twoAnswers = (first: Judgement, second: Judgement): string | undefined =>
  JSON.stringify(first) === JSON.stringify(second) ? undefined : "gives two answers";

const PER_KILOBYTE = 50;

/** A pause of the machine or of the garbage collector does not come back three times. */
const slow = (target: Target, text: string, took: number): string | undefined => {
  const limit = PER_KILOBYTE * Math.max(1, text.length / 1024);
  let best = took;
  for (let again = 0; again < 3 && best > limit; again++) {
    const start = performance.now();
    target.judge(text);
    best = Math.min(best, performance.now() - start);
  }
  return best > limit ? `takes ${Math.round(best)} ms for ${text.length} characters` : undefined;
};
