import { err, ok, type Result } from "../language/result.js";
import type { Plan, PlannedPipeline } from "../plan/plan.js";
import { isUnknown } from "../plan/unknown.js";
import type { Circumstances } from "./approval/circumstances.js";
import { type Consent, spendConsent } from "./approval/consent.js";
import { questionOf } from "./approval/question.js";
import { type Files, NO_FILES } from "./files.js";
import { judge } from "./judge.js";
import { policyHash } from "./policy-hash.js";
import type { RuleBook } from "./rule-book.js";
import type { CanonicalStage, Verdict } from "./verdict.js";

declare const brand: unique symbol;

/** A pipeline that policy has let through. Only `approve` makes one; only `redeem` opens it, once. */
export type ApprovedPipeline = { readonly [brand]: true };

export type ApprovedStages = readonly [CanonicalStage, ...CanonicalStage[]];

/** A person's yes, and what it was said about besides the plan. */
export type Answered = { readonly consent: Consent; readonly circumstances: Circumstances };

// INVARIANT: nothing outside this file can put an entry here, so an object without one is not approved, whatever it says.
const minted = new WeakMap<ApprovedPipeline, ApprovedStages>();

/** One for each pipeline of the plan, in its order; nothing where a pipeline is still open, and is to be judged when it is not. */
export type ApprovedText = readonly (ApprovedPipeline | undefined)[];

/**
 * Judges a plan and mints approvals for exactly the canonical stages that were judged, one for each pipeline. The plan is
 * copied and frozen first, so what the caller does to its own afterwards changes nothing.
 *
 * Gives the verdict instead when its decision is neither `allow` nor an `ask` to which the answer says yes.
 *
 * @param files what the files of the workspace hold
 * @param answered a person's yes; it counts only for the very plan, files, identities and rules that the person was asked about
 */
export const approveText = (
  plan: Plan,
  book: RuleBook,
  files: Files = NO_FILES,
  answered?: Answered,
): Result<ApprovedText, Verdict> => {
  const copy = deepFreeze(structuredClone(plan));
  const verdict = judge(copy, book, files);
  if (!isLetThrough(verdict, book, answered) || verdict.stages.includes(undefined)) return err(verdict);
  return ok(copy.pipelines.map((pipeline) => (isOpen(copy, pipeline) ? undefined : mint(pipeline, verdict))));
};

/** The approval of a plan that is one literal pipeline. */
export const approve = (
  plan: Plan,
  book: RuleBook,
  files: Files = NO_FILES,
  answered?: Answered,
): Result<ApprovedPipeline, Verdict> => {
  const approved = approveText(plan, book, files, answered);
  if (!approved.ok) return approved;
  const [only, ...more] = approved.value;
  if (only === undefined || more.length > 0) throw new Error("a plan of more than one literal pipeline was to be one");
  return ok(only);
};

const isOpen = ({ stages }: Plan, pipeline: PlannedPipeline): boolean =>
  pipeline.stages.some((index) => stages[index]?.arguments.some(({ text }) => isUnknown(text)) ?? true);

const mint = ({ stages: indices }: PlannedPipeline, verdict: Verdict): ApprovedPipeline => {
  const [first, ...rest] = indices.map((index) => verdict.stages[index]).filter((stage) => stage !== undefined);
  if (first === undefined || rest.length + 1 !== indices.length) throw new Error("a pipeline with a stage unread");
  // The cast is the mint itself: the brand exists in types only, the WeakMap entry is what counts.
  const approved = Object.freeze({}) as ApprovedPipeline;
  minted.set(approved, deepFreeze(structuredClone([first, ...rest] as const)));
  return approved;
};

const isLetThrough = (verdict: Verdict, book: RuleBook, answered: Answered | undefined): boolean => {
  switch (verdict.decision) {
    case "allow":
      return true;
    case "ask":
      return answered !== undefined && isAnswered(verdict, book, answered);
    case "deny":
      return false;
  }
};

const isAnswered = (verdict: Verdict, book: RuleBook, { consent, circumstances }: Answered): boolean =>
  spendConsent(consent, questionOf(verdict, circumstances, policyHash(book)).digest);

/** Opens an approval. Throws when it was not minted here or was opened before. */
export const redeem = (approved: ApprovedPipeline): ApprovedStages => {
  const stages = minted.get(approved);
  if (stages === undefined) throw new Error("this pipeline was not approved, or its approval is spent");
  minted.delete(approved);
  return stages;
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value === "object" && value !== null) for (const each of Object.values(value)) deepFreeze(each);
  return Object.freeze(value);
};
