import { matching } from "./matching.js";
import type { PromptFacts } from "./prompt.js";

/**
 * The regions of the partition that the server is in, since nobody can use those of another with the same account; all
 * where what somebody typed fits none of them.
 */
export const offeredRegions = ({ book, regions }: PromptFacts, typed: string): readonly string[] => {
  const partition = partitionOf(book.regions.get(book.profiles[0]) ?? "us-east-1");
  const own = regions.filter((region) => partitionOf(region) === partition);
  return matching(typed, own).length === 0 ? regions : own;
};

/** What the names of a partition's regions begin with; nothing for AWS's commercial one (botocore, `partitions.json`). */
const partitionOf = (region: string): string => /^(?:cn|us-gov|us-iso[a-z]?|eu-isoe|eusc)-/.exec(region)?.[0] ?? "";
