import type { RuleBook } from "../policy/rule-book.js";

/**
 * The accounts for a judgement without credentials: nobody is asked whose they are, so it is about a server in the first
 * account that the operator's policy allows.
 */
export const assumedAccounts = ({ policy, profiles }: RuleBook): RuleBook["accounts"] => {
  const [account] = policy?.limits.accounts ?? [];
  return new Map(account === undefined ? [] : ["", ...profiles].map((profile) => [profile, account]));
};
