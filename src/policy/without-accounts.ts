import type { RuleBook } from "./rule-book.js";

/** The rules without their limits of accounts, for judging where nobody has asked AWS whose the keys are. */
export const withoutAccounts = (book: RuleBook): RuleBook => {
  const { accounts: _, ...limits } = book.limits;
  if (book.policy === undefined) return { ...book, limits };
  const { accounts: __, ...limitsOfPolicy } = book.policy.limits;
  return { ...book, limits, policy: { ...book.policy, limits: limitsOfPolicy } };
};
