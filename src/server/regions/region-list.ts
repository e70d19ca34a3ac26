import type { RegionData } from "../../catalogue/generate/region-data.js";
import { problemText } from "./aws-answer.js";
import type { RegionAnswers } from "./region-answers.js";

/** The body of `aws://config/regions`. */
export type RegionList = {
  /** By name. */
  readonly regions: readonly RegionRow[];
  /** AWS said which regions the account can use, or the regions are those that this server came with. */
  readonly source: "aws" | "bundled";
  /** Why AWS was not heard: `CODE: message`. */
  readonly reason?: string;
};

export type RegionRow = {
  readonly name: string;
  /** AWS's name for it, as `Europe (Frankfurt)`. */
  readonly description: string;
  readonly is_current: boolean;
  /** Whether a command may name it. */
  readonly allowed: boolean;
};

/** What every answer about regions is made with. */
export type RegionFacts = {
  readonly known: RegionData;
  readonly answers: RegionAnswers;
  /** The server's own region. */
  readonly own: string;
  readonly isAllowed: (region: string) => boolean;
};

/** Lists the regions that the server's account can use; where AWS does not say, those of the partition that it is in. */
export const regionList = async (facts: RegionFacts, signal: AbortSignal, request?: string): Promise<RegionList> => {
  const enabled = await facts.answers.enabled.get("", signal, request);
  const names = enabled.ok ? enabled.value : partitionNames(facts);
  const rows = names.map(async (name) => ({
    name,
    description: await descriptionOf(name, facts, signal, request),
    is_current: name === facts.own,
    allowed: facts.isAllowed(name),
  }));
  const regions = (await Promise.all(rows)).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (enabled.ok) return { regions, source: "aws" };
  return { regions, source: "bundled", reason: problemText(enabled.error) };
};

/** AWS's name for a region, asked for where the region is newer than this server; else its code. */
export const descriptionOf = async (
  region: string,
  { known, answers }: RegionFacts,
  signal: AbortSignal,
  request?: string,
): Promise<string> => {
  const description = known.regions[region]?.name;
  if (description !== undefined) return description;
  const asked = await answers.longName.get(region, signal, request);
  return asked.ok ? asked.value : region;
};

// Nobody can use the regions of another partition with the same account.
const partitionNames = ({ known: { regions }, own }: RegionFacts): readonly string[] => {
  const partition = regions[own]?.partition ?? "aws";
  return Object.keys(regions).filter((name) => regions[name]?.partition === partition);
};
