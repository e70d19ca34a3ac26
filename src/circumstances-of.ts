import { awsOperationOf, globalOf } from "./aws-operation-of.js";
import type { CallerIdentities } from "./caller-identities.js";
import type { Plan, Stage } from "./plan/plan.js";
import type { Circumstances, StageIdentity } from "./policy/approval/circumstances.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { CanonicalStage, Verdict } from "./policy/verdict.js";

/**
 * As whom each stage of a verdict would run.
 *
 * @param since epoch milliseconds: what AWS has said before that does not count
 */
export const circumstancesOf = async (
  verdict: Verdict,
  principal: string,
  callers: CallerIdentities,
  signal: AbortSignal,
  since: number,
): Promise<Circumstances> => {
  const identities = verdict.stages.map((stage) => identityOf(stage, callers, signal, since));
  return { principal, identities: await Promise.all(identities) };
};

/** Who the stages of a plan are, where the operator limits accounts; otherwise nobody is asked. */
export type Limited = { readonly book: RuleBook; readonly keys: ReadonlyMap<string, string> };

/** The rules with the accounts that a plan's stages would act in, and the keys that this was found out for. */
export const withAccounts = async (
  plan: Plan,
  book: RuleBook,
  callers: CallerIdentities,
  signal: AbortSignal,
  since?: number,
): Promise<Limited> => {
  if ((book.limits.accounts ?? book.policy?.limits.accounts) === undefined) return { book, keys: new Map() };
  const accounts = new Map(book.accounts);
  const keys = new Map<string, string>();
  for (const profile of plan.stages.flatMap((stage) => profilesOf(stage, book))) {
    const { key, account } = await callers.of(profile, signal, since);
    keys.set(profile ?? "", key);
    if (account !== undefined) accounts.set(profile ?? "", account);
  }
  return { book: { ...book, accounts }, keys };
};

// Whatever else becomes of the command; what is wrong with it may be in a file that nobody has read yet.
const profilesOf = (stage: Stage, { catalogue }: RuleBook): readonly (string | undefined)[] => {
  const found = awsOperationOf(stage, catalogue);
  return found === undefined ? [] : [globalOf(found.operation, "profile")];
};

/** The keys that a person was shown the accounts of, by the profiles that the stages name. */
export const keysOf = ({ stages }: Verdict, { identities }: Circumstances): ReadonlyMap<string, string> =>
  new Map(
    stages.flatMap((stage, index): [string, string][] => {
      const identity = identities[index];
      return stage?.kind === "aws" && identity !== undefined ? [[stage.profile ?? "", identity.key]] : [];
    }),
  );

const identityOf = async (
  stage: CanonicalStage | undefined,
  callers: CallerIdentities,
  signal: AbortSignal,
  since: number,
): Promise<StageIdentity | undefined> =>
  stage?.kind === "aws" && stage.run === "operation" ? callers.of(stage.profile, signal, since) : undefined;
