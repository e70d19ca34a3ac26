import type { CallerIdentities } from "./caller-identities.js";
import type { Plan } from "./plan/plan.js";
import type { Circumstances } from "./policy/approval/circumstances.js";
import { judge } from "./policy/judge.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { CanonicalStage, Verdict } from "./policy/verdict.js";

/** As whom each stage of a verdict would run. */
export const circumstancesOf = async (
  verdict: Verdict,
  principal: string,
  book: RuleBook,
  callers: CallerIdentities,
  signal: AbortSignal,
): Promise<Circumstances> => {
  const identities = verdict.stages.map(async (stage) => {
    const profile = profileOf(stage, book);
    return profile === undefined ? undefined : callers.of(profile, signal);
  });
  return { principal, identities: await Promise.all(identities) };
};

/** The rules with the accounts of the profiles that a plan names, where the operator limits accounts. */
export const withAccounts = async (
  plan: Plan,
  book: RuleBook,
  callers: CallerIdentities,
  signal: AbortSignal,
): Promise<RuleBook> => {
  if (book.policy?.limits.accounts === undefined) return book;
  const accounts = new Map(book.accounts);
  for (const stage of judge(plan, book).stages) {
    const profile = profileOf(stage, book);
    const identity = profile === undefined ? undefined : await callers.of(profile, signal);
    if (identity?.account !== undefined) accounts.set(identity.profile, identity.account);
  }
  return { ...book, accounts };
};

const profileOf = (stage: CanonicalStage | undefined, book: RuleBook): string | undefined =>
  stage?.kind === "aws" && stage.run === "operation" ? (stage.profile ?? book.profiles[0]) : undefined;
