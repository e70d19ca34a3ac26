import { nearest } from "../../catalogue/nearest.js";
import { err, ok, type Result } from "../../language/result.js";
import { inBackticks } from "../../language/visible.js";
import { plainRegion } from "../../policy/custom/plain-region.js";
import { type AwsProblem, problemText } from "./aws-answer.js";
import type { Zone } from "./region-answers.js";
import { descriptionOf, type RegionFacts } from "./region-list.js";
import { isRegionName } from "./region-name.js";

/** The body of `aws://config/regions/{region}`. */
export type RegionDetails = {
  readonly code: string;
  /** AWS's name for it. */
  readonly name: string;
  readonly partition: string | null;
  /** What nobody says is null, and the reason says why. */
  readonly geographic_location: {
    readonly continent: string | null;
    readonly country: string | null;
    readonly subdivision: string | null;
    readonly city: string | null;
    readonly reason?: string | undefined;
  };
  readonly availability_zones: readonly Zone[];
  readonly services: readonly { readonly id: string; readonly name: string }[];
  readonly is_current: boolean;
  readonly allowed: boolean;
  /** Whether AWS said at least a part of it, or all that there is came with this server. */
  readonly source: "aws" | "bundled";
  /** Why a part is empty: `CODE: message`. */
  readonly problems?: { readonly availability_zones?: string; readonly services?: string };
};

/**
 * Describes a region. Problems: `region-unknown` for what has not the form of a region's name, and for what neither this
 * server nor AWS knows.
 */
export const regionDetails = async (
  region: string,
  facts: RegionFacts,
  signal: AbortSignal,
  request?: string,
): Promise<Result<RegionDetails, AwsProblem>> => {
  if (!(await exists(region, facts, signal, request))) return err(unknownRegion(region, facts));
  const [zones, services, name] = await Promise.all([
    facts.answers.zones.get(region, signal, request),
    facts.answers.services.get(region, signal, request),
    descriptionOf(region, facts, signal, request),
  ]);
  const problems = {
    ...(zones.ok ? {} : { availability_zones: problemText(zones.error) }),
    ...(services.ok ? {} : { services: problemText(services.error) }),
  };
  return ok({
    code: region,
    name,
    partition: facts.known.regions[region]?.partition ?? null,
    geographic_location: facts.known.regions[region]?.place ?? NEWER,
    availability_zones: zones.ok ? zones.value.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : [],
    services: services.ok ? services.value.toSorted().map((id) => ({ id, name: serviceName(id, facts) })) : [],
    is_current: region === facts.own,
    allowed: facts.isAllowed(region),
    source: zones.ok || services.ok ? "aws" : "bundled",
    ...(Object.keys(problems).length === 0 ? {} : { problems }),
  });
};

const serviceName = (id: string, { known: { services } }: RegionFacts): string =>
  (Object.hasOwn(services, id) ? services[id] : undefined) ?? id;

const NEWER = {
  continent: null,
  country: null,
  subdivision: null,
  city: null,
  reason: "the region is newer than this server, which does not know where it is",
};

const exists = async (
  region: string,
  { known, answers }: RegionFacts,
  signal: AbortSignal,
  request: string | undefined,
): Promise<boolean> => {
  if (Object.hasOwn(known.regions, region)) return true;
  if (!isRegionName(region)) return false;
  const enabled = await answers.enabled.get("", signal, request);
  return enabled.ok && enabled.value.includes(region);
};

const unknownRegion = (region: string, { known, answers }: RegionFacts): AwsProblem => {
  const names = new Set([...Object.keys(known.regions), ...(answers.enabled.known("") ?? [])]);
  const near = nearest(plainRegion(region.toLowerCase()), names);
  return {
    code: "region-unknown",
    message: `${inBackticks(region.slice(0, 64))} is no region that AWS or this server knows`,
    hint: near.length === 0 ? `read ${LIST}` : near.map((name) => `read ${LIST}/${name}`).join(", or "),
  };
};

const LIST = "aws://config/regions";
