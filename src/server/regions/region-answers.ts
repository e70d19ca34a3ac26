import pLimit from "p-limit";
import { z } from "zod";
import type { Engine } from "../../engine.js";
import { askAws, type Question } from "./aws-answer.js";
import { type KeptAnswers, keptAnswers } from "./kept-answers.js";
import { isRegionName } from "./region-name.js";

/** A zone as the resource shows it. */
export type Zone = z.infer<typeof zone>;

/** What AWS says of regions, each answer kept. */
export type RegionAnswers = {
  /** Names of the regions that a profile's account can use, by the profile; the server's own by the empty name. */
  readonly enabled: KeptAnswers<readonly string[]>;
  /** By the region. */
  readonly zones: KeptAnswers<readonly Zone[]>;
  /** Ids of services, by the region. */
  readonly services: KeptAnswers<readonly string[]>;
  /** By the region. */
  readonly longName: KeptAnswers<string>;
};

/** How many reads run at once; tool calls have turns of their own. */
const AT_ONCE = 2;

const QUICK = 15_000;
/** `ssm get-parameters-by-path` gives ten at a time, and a region has up to 400 services. */
const LONG = 30_000;

/** Asks AWS about regions: with the server's own profile, in its own region. */
export const regionAnswers = (engine: Engine, now: () => number): RegionAnswers => {
  const turns = pLimit(AT_ONCE);
  const kept = <T>(question: (asked: string) => Question<T>): KeptAnswers<T> =>
    keptAnswers((asked, signal, request) => askAws(engine, question(asked), turns, signal, request), now);
  return {
    enabled: kept((profile) => ({ argv: regionsArgv(profile), milliseconds: QUICK, form: names })),
    zones: kept((region) => ({ argv: zonesArgv(region), milliseconds: QUICK, form: z.array(zone) })),
    services: kept((region) => ({ argv: servicesArgv(region), milliseconds: LONG, form: ids })),
    longName: kept((region) => ({ argv: longNameArgv(region), milliseconds: QUICK, form: z.string().max(LONGEST) })),
  };
};

/** Characters of a name or an id that anybody would read. */
const LONGEST = 200;

const names = z.array(z.string().refine(isRegionName));
const ids = z.array(z.string().max(LONGEST));

const zone = z.object({
  name: z.string(),
  state: z.string(),
  zone_id: z.string().nullable(),
  zone_type: z.string().nullable(),
});

type Argv = readonly [string, ...string[]];

const json = (query: string) => ["--query", query, "--output", "json"] as const;

// Without `--all-regions` AWS gives those that are enabled; not everything that stands in for it does.
const regionsArgv = (profile: string): Argv => [
  ...(["aws", "ec2", "describe-regions"] as const),
  ...json("Regions[?OptInStatus!='not-opted-in'].RegionName"),
  ...(profile === "" ? [] : ["--profile", profile]),
];

const zonesArgv = (region: string): Argv => [
  ...(["aws", "ec2", "describe-availability-zones", "--region", region] as const),
  ...json("AvailabilityZones[].{name:ZoneName,state:State,zone_id:ZoneId,zone_type:ZoneType}"),
];

/** AWS Systems Manager user guide, "Calling AWS service, Region, endpoint, Availability Zone, local zone, and wavelength zone public parameters". */
const INFRASTRUCTURE = "/aws/service/global-infrastructure/regions";

const servicesArgv = (region: string): Argv => [
  ...(["aws", "ssm", "get-parameters-by-path", "--path", `${INFRASTRUCTURE}/${region}/services`] as const),
  ...json("Parameters[].Value"),
];

const longNameArgv = (region: string): Argv => [
  ...(["aws", "ssm", "get-parameter", "--name", `${INFRASTRUCTURE}/${region}/longName`] as const),
  ...json("Parameter.Value"),
];
