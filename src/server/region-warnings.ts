import { wildcard } from "../policy/custom/wildcard.js";
import type { RuleBook } from "../policy/rule-book.js";

/**
 * What is probably not meant in AWS_MCP_ALLOWED_REGIONS, a line each: a pattern that fits no region, and the server's own
 * region left out.
 *
 * @param known names of regions
 */
export const regionWarnings = (
  { limits, profiles, regions }: RuleBook,
  known: readonly string[],
): readonly string[] => {
  const { regions: allowed } = limits;
  if (allowed === undefined) return [];
  const own = regions.get(profiles[0]) ?? "us-east-1";
  const idle = allowed.filter((glob) => !known.some(wildcard(glob)));
  return [
    ...idle.map((glob) => `AWS_MCP_ALLOWED_REGIONS: \`${glob}\` fits no region that is known`),
    ...(allowed.some((glob) => wildcard(glob)(own))
      ? []
      : [
          `AWS_MCP_ALLOWED_REGIONS leaves out the server's own region \`${own}\`: commands that name no region are refused`,
        ]),
  ];
};
