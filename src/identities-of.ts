import { awsOperationOf, globalOf } from "./aws-operation-of.js";
import type { CallerIdentities } from "./caller-identities.js";
import { unlessStopped } from "./executor/unless-stopped.js";
import type { Plan } from "./plan/plan.js";
import type { StageIdentity } from "./policy/approval/circumstances.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { PipelineEnd } from "./steps/text-run.js";

/** As whom, and where, aws commands of a text run. */
export type RunIdentity = {
  readonly profile: string;
  readonly region: string;
  /** Twelve digits, and the caller's ARN; undefined where AWS does not say. */
  readonly account: string | undefined;
  readonly arn: string | undefined;
};

/** How long an answer waits for AWS to say as whom its commands have run, once they have. */
const PATIENCE = 2000;

/**
 * Begins to ask AWS as whom a plan's aws commands run. What it gives waits for the answers, and not for long; keys that no
 * command has run with say nothing of it.
 */
export const identifying = (
  plan: Plan,
  book: RuleBook,
  callers: CallerIdentities,
  { identify = false }: { readonly identify?: boolean },
  signal: AbortSignal,
): ((ends: readonly PipelineEnd[]) => Promise<readonly RunIdentity[]>) => {
  if (!identify) return async () => [];
  const enough = new AbortController();
  const until = AbortSignal.any([signal, enough.signal]);
  const asked = placesOf(plan, book).map((place) => answering(place, callers.of(place.profile, until)));
  const one = async ({ place, identity, heard }: Asked, used: ReadonlySet<string>): Promise<RunIdentity> => {
    const said = await unlessStopped(() => identity, { milliseconds: PATIENCE, signal });
    const { account, key, caller } = said.ok ? said.value : (heard() ?? NOBODY);
    const { profile = book.profiles[0], region } = place;
    const isKnown = account !== undefined && used.has(key);
    return { profile, region, account: isKnown ? account : undefined, arn: isKnown ? caller : undefined };
  };
  // A call that is over leaves no question behind.
  return (ends) => {
    const used = usedKeys(ends);
    return Promise.all(asked.map((each) => one(each, used))).finally(() => enough.abort());
  };
};

type Asked = {
  readonly place: Place;
  readonly identity: Promise<StageIdentity>;
  /** What has been answered by now, which nobody has to wait for: also where the call is over. */
  readonly heard: () => StageIdentity | undefined;
};

const answering = (place: Place, identity: Promise<StageIdentity>): Asked => {
  let known: StageIdentity | undefined;
  // Whoever waits hears of a failure; where the commands never ran nobody does.
  identity.then(
    (said) => {
      known = said;
    },
    () => undefined,
  );
  return { place, identity, heard: () => known };
};

type Place = { readonly profile: string | undefined; readonly region: string };

// Those that xargs runs too, each pair once; the profile is the one that a command names.
const placesOf = ({ stages }: Plan, { catalogue, profiles, regions }: RuleBook): readonly Place[] => {
  const all = stages.flatMap((stage): readonly Place[] => {
    const found = awsOperationOf(stage, catalogue);
    if (found === undefined) return [];
    const profile = globalOf(found.operation, "profile");
    const own = regions.get(profile ?? profiles[0]) ?? "us-east-1";
    return [{ profile, region: globalOf(found.operation, "region") ?? own }];
  });
  const isFirst = ({ profile, region }: Place, index: number): boolean =>
    all.findIndex((each) => each.profile === profile && each.region === region) === index;
  return all.filter(isFirst);
};

const NOBODY = { account: undefined, key: "", caller: "" };

const usedKeys = (ends: readonly PipelineEnd[]): ReadonlySet<string> =>
  new Set(
    ends.flatMap(({ end }) =>
      end.kind === "run" ? [...end.stages.flatMap(({ key }) => key ?? []), ...(end.itemKeys ?? [])] : [],
    ),
  );
