import type { Target } from "../../check.js";
import { err, ok, type Result } from "../../language/result.js";
import { inBackticks } from "../../language/visible.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { limitsOf, outside } from "./region-limits.js";
import { unknownName } from "./unknown-name.js";

/** Why something cannot run. */
export type TaskProblem = { readonly code: string; readonly message: string; readonly hint: string };

/** What is known of regions. */
export type Regions = {
  /** Every region of AWS, as far as this server knows. */
  readonly names: readonly string[];
  /** Those that a profile's account can use; the server's own where no profile is named. */
  readonly enabled: (
    profile: string | undefined,
    signal: AbortSignal,
  ) => Promise<Result<readonly string[], TaskProblem>>;
};

/** Where and as whom a call runs its commands, as it says. */
export type AskedPlaces = {
  readonly regions: "all" | readonly string[] | undefined;
  readonly profiles: readonly string[] | undefined;
};

/** One place, and why nothing can run there, where that is known. */
export type Place = { readonly target: Target; readonly problem?: TaskProblem };

export type Places = {
  readonly places: readonly [Place, ...Place[]];
  /** What `all` leaves out. */
  readonly notes: readonly string[];
};

/**
 * Each region for each profile, once. `all` is every region that a profile's account can use and the operator's limits
 * let a command name.
 *
 * Problems: `region-unknown`, `aws-profile-refused`, `fan-out-nowhere`, and those of `enabled` where it says nothing of
 * any profile.
 */
export const placesOf = async (
  asked: AskedPlaces,
  regions: Regions,
  book: RuleBook,
  signal: AbortSignal,
): Promise<Result<Places, TaskProblem>> => {
  const problem = unknownName(asked, regions.names, book);
  if (problem !== undefined) return err(problem);
  const profiles = asked.profiles === undefined ? [undefined] : [...new Set(asked.profiles)];
  const found = await Promise.all(profiles.map((profile) => ofProfile(profile, asked, regions, book, signal)));
  const [first, ...rest] = found.flatMap(({ places }) => places);
  if (first === undefined) return err(nowhere(book));
  if (first.problem !== undefined && rest.every((place) => place.problem !== undefined)) return err(first.problem);
  return ok({ places: [first, ...rest], notes: [...new Set(found.flatMap(({ notes }) => notes))] });
};

type OfProfile = { readonly places: readonly Place[]; readonly notes: readonly string[] };

const ofProfile = async (
  profile: string | undefined,
  asked: AskedPlaces,
  regions: Regions,
  book: RuleBook,
  signal: AbortSignal,
): Promise<OfProfile> => {
  const own: Target = profile === undefined ? {} : { profile };
  const inEach = (names: readonly string[]) => [...new Set(names)].map((region) => ({ target: { ...own, region } }));
  if (asked.regions === undefined) return { places: [{ target: own }], notes: [] };
  if (asked.regions !== "all") return { places: inEach(asked.regions), notes: [] };
  const enabled = await regions.enabled(profile, signal);
  if (!enabled.ok)
    return { places: [{ target: own, problem: namingInstead(enabled.error, regions, book) }], notes: [] };
  const names = enabled.value.toSorted();
  const limits = limitsOf(book);
  const notes = limits.flatMap(({ by, globs }) => leftOut(by, names.filter(outside(globs))));
  return { places: inEach(names.filter((name) => !limits.some(({ globs }) => outside(globs)(name)))), notes };
};

/** Reasons for which naming regions would not help either: there is no way to AWS, or nobody as whom, or no time. */
const NO_WAY =
  /^(?:aws-(?:clock-skew|mfa-needed|no-credentials|role-denied|tls|unreachable)$|aws-credentials-|egress-|no-|cancelled$|deadline$)/;

const namingInstead = ({ code, message, hint }: TaskProblem, { names }: Regions, book: RuleBook): TaskProblem => {
  if (NO_WAY.test(code)) return { code, message, hint };
  const limits = limitsOf(book);
  const isAllowed = (name: string): boolean => !limits.some(({ globs }) => outside(globs)(name));
  const example = ["eu-west-1", ...names].find(isAllowed) ?? "eu-west-1";
  return {
    code,
    message,
    hint: `${hint}; or name them: \`regions: ["${example}"]\`; aws://config/regions has the list`,
  };
};

const leftOut = (by: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`left out of all regions, since ${by} does not allow them: ${names.join(", ")}`];

const nowhere = (book: RuleBook): TaskProblem => {
  const [limit] = limitsOf(book);
  const allowed = limit?.globs.slice(0, 5).map(inBackticks).join(", ");
  return {
    code: "fan-out-nowhere",
    message: "of all regions that the account can use none is allowed here",
    hint:
      limit === undefined
        ? 'name them: `regions: ["us-east-1"]`'
        : `${limit.by} allows ${allowed}; a profile of another account may have them`,
  };
};
