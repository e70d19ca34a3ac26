import { type Checked, checkedVerdict } from "../check.js";
import type { ApprovedStages } from "../policy/approve.js";
import type { RuleBook } from "../policy/rule-book.js";
import type { CanonicalStage, Verdict } from "../policy/verdict.js";
import { changes } from "./changes.js";
import type { WritesLeft, WritesProblem } from "./writes-left.js";

/** What was judged, and by which rules. */
export type JudgedText = { readonly text: string; readonly verdict: Verdict; readonly book: RuleBook };

/** The commands of one text that change something: each is taken before it starts. */
export type TextWrites = {
  /**
   * Takes those of a pipeline that other commands have completed, but for what was known of it before.
   *
   * @param pipeline its index in the text; undefined where it is a run of xargs, of which nothing was known
   */
  readonly take: (verdict: Verdict, pipeline: number | undefined) => WritesProblem | undefined;
  /** Hears which stages have started. */
  readonly started: (stages: ApprovedStages) => void;
};

/**
 * Runs a text that was let through while all its commands that change something, as far as they are known, are taken:
 * none of it runs where there are fewer left, so that it is not left half done. What has not started in the end is given back.
 *
 * @returns what the work gives, or the refusal
 */
export const withWrites = async <T>(
  left: WritesLeft | undefined,
  judged: JudgedText,
  work: (writes: TextWrites) => Promise<T>,
): Promise<T | Checked> => {
  if (left === undefined) return work(UNBOUND);
  const { verdict, book } = judged;
  const count = (stages: Verdict["stages"]): number => stages.filter((stage) => isWrite(stage, book)).length;
  const known = count(verdict.stages);
  const refused = refusedWrites(left, judged);
  if (refused !== undefined) return refused;
  left.take(known);
  let held = known;
  const knownOf = (pipeline: number | undefined): number =>
    count((pipeline === undefined ? [] : (verdict.pipelines[pipeline]?.stages ?? [])).map((at) => verdict.stages[at]));
  const done = await work({
    take: ({ stages }, pipeline) => {
      const more = Math.max(0, count(stages) - knownOf(pipeline));
      const problem = left.take(more);
      if (problem === undefined) held += more;
      return problem;
    },
    started: (stages) => {
      held -= count(stages);
    },
  });
  // Where the work has thrown nobody knows what has started.
  left.giveBack(held);
  return done;
};

/** Why a text may not run that may otherwise, or be asked about; nothing where enough are left. Each xargs has one run at least. */
export const refusedWrites = (left: WritesLeft | undefined, judged: JudgedText): Checked | undefined => {
  const { verdict, book } = judged;
  if (left === undefined || verdict.decision === "deny") return undefined;
  const least = verdict.stages.filter((stage) => stage !== undefined && changes(stage, book.catalogue)).length;
  const problem = left.problem(least);
  return problem === undefined ? undefined : checkedWrites(judged, problem);
};

/** The refusal of what may run otherwise. */
export const checkedWrites = ({ text, verdict, book }: JudgedText, problem: WritesProblem): Checked => ({
  ...checkedVerdict(text, verdict, book),
  verdict: "deny",
  ...problem,
  excerpt: "",
});

// Of xargs each run counts when it is known.
const isWrite = (stage: CanonicalStage | undefined, { catalogue }: RuleBook): boolean =>
  stage?.kind === "aws" && changes(stage, catalogue);

const UNBOUND: TextWrites = { take: () => undefined, started: () => undefined };
