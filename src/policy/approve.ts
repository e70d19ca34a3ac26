import { err, ok, type Result } from "../language/result.js";
import type { Plan } from "../plan/plan.js";
import { judge } from "./judge.js";
import type { RuleBook } from "./rule-book.js";
import type { CanonicalStage, Verdict } from "./verdict.js";

declare const brand: unique symbol;

/** A pipeline that policy has let through. Only `approve` makes one; only `redeem` opens it, once. */
export type ApprovedPipeline = { readonly [brand]: true };

export type ApprovedStages = readonly [CanonicalStage, ...CanonicalStage[]];

// INVARIANT: nothing outside this file can put an entry here, so an object without one is not approved, whatever it says.
const minted = new WeakMap<ApprovedPipeline, ApprovedStages>();

/**
 * Judges a plan and mints an approval for exactly the canonical stages that were judged. The plan is copied and frozen
 * first, so what the caller does to its own afterwards changes nothing.
 *
 * Gives the verdict instead when its decision is not `allow`.
 */
export const approve = (plan: Plan, book: RuleBook): Result<ApprovedPipeline, Verdict> => {
  const copy = deepFreeze(structuredClone(plan));
  const verdict = judge(copy, book);
  const [first, ...rest] = verdict.stages.filter((stage) => stage !== undefined);
  if (verdict.decision !== "allow" || first === undefined || rest.length + 1 !== copy.stages.length)
    return err(verdict);
  // The cast is the mint itself: the brand exists in types only, the WeakMap entry is what counts.
  const approved = Object.freeze({}) as ApprovedPipeline;
  minted.set(approved, deepFreeze(structuredClone([first, ...rest] as const)));
  return ok(approved);
};

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
