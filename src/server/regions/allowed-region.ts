import { check } from "../../check.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { withoutAccounts } from "../../policy/without-accounts.js";

/**
 * Says of a region whether a command may name it. Whose account a command acts in is another question, which AWS would
 * have to be asked, so limits of accounts do not count here.
 */
export const allowedRegion = (book: RuleBook): ((region: string) => boolean) => {
  const rules = withoutAccounts(book);
  const known = new Map<string, boolean>();
  return (region) => {
    const allowed = known.get(region) ?? check(`aws ec2 describe-vpcs --region ${region}`, rules).verdict === "allow";
    known.set(region, allowed);
    return allowed;
  };
};
