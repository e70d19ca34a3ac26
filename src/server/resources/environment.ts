import type { Identities } from "../../executor/identity.js";
import { profileFiles } from "../../executor/identity.js";
import { profileSettings } from "../../executor/profile-settings.js";
import { oneLine } from "../../language/visible.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { FRESH, FRESH_FAILURE, kept } from "./kept.js";
import { plainWords } from "./plain-words.js";

/** `aws://config/environment`. */
export type AwsEnvironment = {
  readonly aws_profile: string;
  /** Where commands go that name no region. */
  readonly aws_region: string;
  /** The variable that says so, the profile's own setting, or nothing but the default. */
  readonly aws_region_source: "AWS_REGION" | "AWS_DEFAULT_REGION" | "profile" | "default";
  readonly has_credentials: boolean;
  /** `none`, or where they come from. */
  readonly credentials_source: string;
  /** When they end, in the form of ISO 8601, where somebody says so. */
  readonly credentials_expire: string | null;
  /** Scheme, host and port of the operator's own endpoint. */
  readonly endpoint: string | null;
  /** Why there are no credentials. */
  readonly problems: Readonly<Record<string, string>>;
};

export type EnvironmentParts = {
  readonly book: Pick<RuleBook, "profiles" | "regions" | "endpoint">;
  readonly identities: Pick<Identities, "source">;
  readonly operator: NodeJS.ProcessEnv;
  readonly now: () => number;
};

const MILLISECONDS = 15_000;

/** Reads as whom and where the server's commands run when they name neither. Gives nothing when the signal fires. */
export const environmentReader = (parts: EnvironmentParts) => {
  const source = kept(() => parts.identities.source(undefined, MILLISECONDS), {
    now: parts.now,
    fresh: (found) => (found.ok ? FRESH : FRESH_FAILURE),
  });
  return async (signal: AbortSignal): Promise<AwsEnvironment | undefined> => {
    const found = await source(signal);
    if (found === undefined) return undefined;
    const { book } = parts;
    return {
      aws_profile: oneLine(book.profiles[0]),
      ...(await regionOf(parts)),
      has_credentials: found.ok,
      credentials_source: found.ok ? found.value.source : "none",
      credentials_expire: found.ok ? isoOf(found.value.expires) : null,
      endpoint: book.endpoint === undefined ? null : originOf(book.endpoint),
      problems: found.ok ? {} : { credentials: plainWords(found.error) || "the AWS CLI found none and says no more" },
    };
  };
};

// The rules say which region it is; this finds out why.
const regionOf = async ({ book, operator }: EnvironmentParts) => {
  const [profile] = book.profiles;
  const region = book.regions.get(profile) ?? "us-east-1";
  const from = (aws_region_source: AwsEnvironment["aws_region_source"]) => ({ aws_region: region, aws_region_source });
  if (operator.AWS_REGION) return from("AWS_REGION");
  if (operator.AWS_DEFAULT_REGION) return from("AWS_DEFAULT_REGION");
  const settings = await profileSettings(profileFiles(operator), profile);
  // The file may have changed since the rules were made of it.
  return from(settings.region !== undefined || region !== "us-east-1" ? "profile" : "default");
};

const isoOf = (milliseconds: number | undefined): string | null =>
  milliseconds === undefined ? null : new Date(milliseconds).toISOString();

// What stands before or behind these may be a secret.
const originOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).origin : "not a URL");
