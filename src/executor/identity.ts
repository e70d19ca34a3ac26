import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import {
  type CliRequest,
  type Credentials,
  type ExportRequest,
  environmentCredentials,
  exportCredentials,
} from "./credentials.js";
import { type CredentialsSource, credentialsSource } from "./credentials-source.js";
import type { FifoPool } from "./fifo-pool.js";
import type { PrivateDirectories } from "./private-directories.js";
import { profileNames } from "./profile-names.js";
import {
  asksForCode,
  configurationText,
  type ProfileFiles,
  type ProfileSettings,
  profileSettings,
} from "./profile-settings.js";
import type { AwsIdentity } from "./stage-environment.js";

/** Finds out as whom an aws stage runs. `profile` is the one its command names. */
export type Identities = {
  readonly resolve: (profile: string | undefined, deadline: number) => Promise<Result<AwsIdentity, string>>;
  /** Where the credentials come from that a stage would run with now; the AWS CLI's own words when there are none. */
  readonly source: (profile: string | undefined, milliseconds: number) => Promise<Result<CredentialsOrigin, string>>;
  /** The names of all profiles in the operator's files; the AWS CLI's own words when it cannot read them. */
  readonly profiles: (milliseconds: number) => Promise<Result<readonly string[], string>>;
};

/** Where credentials come from, and when they end (epoch milliseconds; undefined: they don't, or nobody says). */
export type CredentialsOrigin = { readonly source: CredentialsSource; readonly expires: number | undefined };

export type IdentityOptions = {
  readonly cli: string;
  readonly pool: FifoPool;
  readonly directories: PrivateDirectories;
  readonly operator: NodeJS.ProcessEnv;
  readonly launcher: () => Promise<readonly string[]>;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

type Found = {
  readonly credentials: Credentials;
  readonly settings: ProfileSettings;
  readonly file: string;
  readonly at: number;
  readonly source: (milliseconds: number) => Promise<CredentialsSource>;
};

/** A look-up, done or not. The index is the profile's own and names its configuration file. */
type Looking = { readonly index: number; readonly result: Promise<Result<Found, string>> };

/** Keys without an end are looked up again after this long, so that a changed file takes effect. */
const FRESH = 5 * 60_000;
/** Life that keys must have left besides the run's deadline. */
const MARGIN = 60_000;

/**
 * Identities of one server, cached per profile until less than the deadline and a minute of life is left. Two calls
 * that ask at once share one look-up.
 */
export const identities = (options: IdentityOptions): Identities => {
  const found = new Map<string, Looking>();
  const current = async (profile: string | undefined, deadline: number): Promise<Result<Found, string>> => {
    const name = profile ?? "";
    const known = found.get(name);
    const result = await known?.result;
    if (result?.ok && !isStale(result.value, options.now(), deadline)) return result;
    const newer = found.get(name);
    if (newer !== undefined && newer !== known) return newer.result;
    const index = known?.index ?? found.size;
    const looking = { index, result: lookUp(profile, index, deadline, options) };
    found.set(name, looking);
    return looking.result;
  };
  return {
    resolve: async (profile, deadline) => {
      const result = await current(profile, deadline);
      if (!result.ok) return result;
      const { credentials, settings, file } = result.value;
      return ok({ keys: credentials.keys, region: regionOf(options.operator, settings), configurationFile: file });
    },
    source: async (profile, milliseconds) => {
      const result = await current(profile, milliseconds);
      if (!result.ok) return result;
      const { credentials, source } = result.value;
      return ok({ source: await source(milliseconds), expires: credentials.expires });
    },
    profiles: async (milliseconds) =>
      profileNames(await cliRequest({ region: regionOf(options.operator, {}) }, milliseconds, options)),
  };
};

const isStale = (found: Found, now: number, deadline: number): boolean =>
  now - found.at > FRESH ||
  (found.credentials.expires !== undefined && found.credentials.expires - now < deadline + MARGIN);

const lookUp = async (
  profile: string | undefined,
  index: number,
  deadline: number,
  options: IdentityOptions,
): Promise<Result<Found, string>> => {
  const { operator, directories } = options;
  const own = profile === undefined ? environmentCredentials(operator) : undefined;
  const settings = await readSettings(profile, operator);
  const region = regionOf(operator, settings);
  const asking = { profile, region };
  const credentials = own ?? (await exportCredentials(await cliRequest(asking, deadline, options)));
  if ("ok" in credentials && !credentials.ok) return err(await whyNone(credentials.error, profile, operator));
  const file = join(directories.configuration, `config-${index}`);
  // A stage that is starting reads the old text or the new one, never half of it.
  writeFileSync(`${file}.new`, configurationText(settings), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return ok({
    credentials: "ok" in credentials ? credentials.value : credentials,
    settings,
    file,
    at: options.now(),
    source: own === undefined ? sourceOnce(asking, options) : async () => "environment",
  });
};

const cliRequest = async <Asked extends Pick<CliRequest, "region">>(
  asked: Asked,
  milliseconds: number,
  { cli, directories, pool, operator, launcher }: IdentityOptions,
): Promise<Asked & CliRequest> => ({
  ...asked,
  milliseconds,
  cli,
  directories,
  pool,
  operator,
  launcher: await launcher(),
});

// What the CLI has said once holds for these keys; that it said nothing does not.
const sourceOnce = (asked: Pick<ExportRequest, "profile" | "region">, options: IdentityOptions): Found["source"] => {
  let asking: Promise<CredentialsSource> | undefined;
  const forget = (): void => {
    asking = undefined;
  };
  const ask = async (milliseconds: number): Promise<CredentialsSource> => {
    const found = await credentialsSource(await cliRequest(asked, milliseconds, options));
    return found.ok ? found.value : "unknown";
  };
  return (milliseconds) => {
    if (asking !== undefined) return asking;
    asking = ask(milliseconds);
    asking.then((source) => source === "unknown" && forget(), forget);
    return asking;
  };
};

const readSettings = (profile: string | undefined, operator: NodeJS.ProcessEnv): Promise<ProfileSettings> =>
  profileSettings(profileFiles(operator), profileName(profile, operator));

const profileName = (profile: string | undefined, operator: NodeJS.ProcessEnv): string =>
  profile ?? (operator.AWS_PROFILE || operator.AWS_DEFAULT_PROFILE || "default");

/** Where the operator's config and credentials files are, or would be. */
export const profileFiles = (operator: NodeJS.ProcessEnv): ProfileFiles => {
  const home = operator.HOME ?? "/";
  return {
    config: operator.AWS_CONFIG_FILE ?? join(home, ".aws", "config"),
    credentials: operator.AWS_SHARED_CREDENTIALS_FILE ?? join(home, ".aws", "credentials"),
  };
};

// A session that the operator opened in a terminal is found in the CLI's cache; a new one needs a code that nobody types.
const whyNone = async (words: string, profile: string | undefined, operator: NodeJS.ProcessEnv): Promise<string> => {
  const name = profileName(profile, operator);
  if (!(await asksForCode(profileFiles(operator), name))) return words;
  return `profile \`${name}\` needs an MFA code, which cannot be typed here: run \`aws sts get-caller-identity --profile ${name}\` in a terminal first`;
};

/** The region that each of the profiles has where a command names none. A profile that does not exist has the default. */
export const profileRegions = async (
  profiles: readonly string[],
  operator: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, string>> => {
  // Where the environment decides, the operator's files are not read.
  const isSet = Boolean(operator.AWS_REGION || operator.AWS_DEFAULT_REGION);
  const regions = profiles.map(async (name): Promise<[string, string]> => {
    const settings = isSet ? {} : await profileSettings(profileFiles(operator), name);
    return [name, regionOf(operator, settings)];
  });
  return new Map(await Promise.all(regions));
};

// The command's own --region stays in its argv and wins over all of these.
const regionOf = (operator: NodeJS.ProcessEnv, settings: ProfileSettings): string =>
  operator.AWS_REGION || operator.AWS_DEFAULT_REGION || settings.region || "us-east-1";
