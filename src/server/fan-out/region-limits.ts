import { plainRegion } from "../../policy/custom/plain-region.js";
import { wildcard } from "../../policy/custom/wildcard.js";
import type { RuleBook } from "../../policy/rule-book.js";

/** Regions that somebody limits commands to. */
export type RegionLimit = { readonly by: string; readonly globs: readonly string[] };

export const limitsOf = ({ limits, policy }: Pick<RuleBook, "limits" | "policy">): readonly RegionLimit[] => [
  ...(limits.regions === undefined ? [] : [{ by: "AWS_MCP_ALLOWED_REGIONS", globs: limits.regions }]),
  ...(policy?.limits.regions === undefined ? [] : [{ by: "the policy", globs: policy.limits.regions }]),
];

/** Whether a limit leaves a region out. */
export const outside =
  (globs: readonly string[]) =>
  (region: string): boolean =>
    !globs.some((glob) => wildcard(glob)(plainRegion(region)));
