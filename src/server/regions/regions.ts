import type { Engine } from "../../engine.js";
import type { Result } from "../../language/result.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { allowedRegion } from "./allowed-region.js";
import type { AwsProblem } from "./aws-answer.js";
import { loadKnownRegions } from "./known-regions.js";
import { regionAnswers } from "./region-answers.js";
import { type RegionDetails, regionDetails } from "./region-details.js";
import { type RegionFacts, type RegionList, regionList } from "./region-list.js";

/** `now` gives epoch milliseconds. */
export type RegionsParts = { readonly engine: Engine; readonly book: RuleBook; readonly now: () => number };

/** What one server knows of AWS's regions; one per server, whoever asks. */
export type Regions = {
  /**
   * Names of the regions that a profile's account can use now, sorted, as AWS says; kept for five minutes. Problems are
   * those of a pipeline call.
   *
   * @param profile nothing for the server's own
   * @param request the one that AWS is asked for, where it is
   */
  readonly enabled: (
    profile: string | undefined,
    signal: AbortSignal,
    request?: string,
  ) => Promise<Result<readonly string[], AwsProblem>>;
  /** The body of `aws://config/regions`. */
  readonly list: (signal: AbortSignal, request?: string) => Promise<RegionList>;
  /** The body of `aws://config/regions/{region}`. Problem: `region-unknown`. */
  readonly details: (
    region: string,
    signal: AbortSignal,
    request?: string,
  ) => Promise<Result<RegionDetails, AwsProblem>>;
  /** Names that begin with a text, as far as they are known without asking: what AWS said lately, else all. */
  readonly complete: (start: string) => readonly string[];
  /** All names that are known without asking anybody, sorted. */
  readonly names: readonly string[];
};

/** Makes it with the data that the build compiled. Nothing is asked before somebody reads. */
export const createRegions = ({ engine, book, now }: RegionsParts): Regions => {
  const facts: RegionFacts = {
    known: loadKnownRegions(),
    answers: regionAnswers(engine, now),
    own: book.regions.get(book.profiles[0]) ?? "us-east-1",
    isAllowed: allowedRegion(book),
  };
  const names = Object.keys(facts.known.regions).sort();
  return {
    enabled: async (profile, signal, request) => {
      const enabled = await facts.answers.enabled.get(profile ?? "", signal, request);
      return enabled.ok ? { ok: true, value: enabled.value.toSorted() } : enabled;
    },
    list: (signal, request) => regionList(facts, signal, request),
    details: (region, signal, request) => regionDetails(region, facts, signal, request),
    complete: (start) => (facts.answers.enabled.known("") ?? names).filter((name) => name.startsWith(start)).toSorted(),
    names,
  };
};
