import { nearest } from "../../catalogue/nearest.js";
import { inBackticks } from "../../language/visible.js";
import type { RuleBook } from "../../policy/rule-book.js";
import type { AskedPlaces, TaskProblem } from "./places.js";

/**
 * The first name of a call that is no region, or no profile of this server: said of the whole call before anything runs,
 * since it is a slip where it is not the same for every command.
 */
export const unknownName = (
  { regions, profiles = [] }: AskedPlaces,
  names: readonly string[],
  book: Pick<RuleBook, "profiles" | "regions">,
): TaskProblem | undefined => {
  // Where the operator's own region is newer than what this server knows, it is one.
  const known = new Set([...names, ...book.regions.values()]);
  const listed = regions === undefined || regions === "all" ? [] : regions;
  const region = listed.find((each) => !known.has(each));
  if (region !== undefined) return unknownRegion(region, known);
  const profile = profiles.find((each) => !book.profiles.includes(each));
  return profile === undefined ? undefined : foreignProfile(profile, book.profiles);
};

const unknownRegion = (region: string, known: ReadonlySet<string>): TaskProblem => ({
  code: "region-unknown",
  message: `${inBackticks(region)} is no region that this server knows${alike(region, known)}`,
  hint: 'write `regions: ["us-east-1"]`, or `regions: "all"`; one that is newer than this server goes into the command as `--region`',
});

const foreignProfile = (profile: string, profiles: readonly string[]): TaskProblem => ({
  code: "aws-profile-refused",
  message: `profile ${inBackticks(profile)} is not one this server may use${alike(profile, profiles)}`,
  hint: `use ${profiles.slice(0, 5).map(inBackticks).join(", ")}, or have AWS_MCP_ALLOWED_PROFILES name it`,
});

const alike = (name: string, names: Iterable<string>): string => {
  const close = nearest(name, names);
  return close.length === 0 ? "" : `; there is ${close.map(inBackticks).join(", ")}`;
};
