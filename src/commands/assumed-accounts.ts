import type { RuleBook } from "../policy/rule-book.js";

/**
 * The accounts for a judgement without credentials: nobody is asked whose they are, so it is about a server in the first
 * account that the operator allows.
 */
export const assumedAccounts = ({ policy, limits, profiles }: RuleBook): RuleBook["accounts"] => {
  const listed = [limits.accounts, policy?.limits.accounts].filter((accounts) => accounts !== undefined);
  const account = listed[0]?.find((each) => listed.every((accounts) => accounts.includes(each)));
  return new Map(account === undefined ? [] : ["", ...profiles].map((profile) => [profile, account]));
};
