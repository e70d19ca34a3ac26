/** Settings of one profile that the aws stage keeps. */
export type ProfileSettings = Readonly<Record<string, string>>;

// None of these names a program, a file to write, an alias, a plugin or a source of credentials.
const KEPT = [
  "region",
  "output",
  "retry_mode",
  "max_attempts",
  "ca_bundle",
  "use_fips_endpoint",
  "use_dualstack_endpoint",
  "sts_regional_endpoints",
  "cli_binary_format",
  "cli_timestamp_format",
  "parameter_validation",
];

const KEPT_S3 = [
  "addressing_style",
  "max_concurrent_requests",
  "max_queue_size",
  "multipart_threshold",
  "multipart_chunksize",
  "max_bandwidth",
  "payload_signing_enabled",
  "preferred_transfer_client",
  "target_bandwidth",
  "us_east_1_regional_endpoint",
  "use_accelerate_endpoint",
  "use_dualstack_endpoint",
  "use_arn_region",
];

/**
 * Reads the operator's own configuration of a profile and keeps what is known to be harmless.
 *
 * @param files absolute paths of the operator's config and credentials files; either may be missing
 */
export const profileSettings = async (files: ProfileFiles, profile: string): Promise<ProfileSettings> => {
  const found = await readProfile(files, profile);
  const names = [...KEPT, ...KEPT_S3.map((name) => `s3.${name}`)];
  return Object.fromEntries(names.flatMap((name) => (isPlain(found[name]) ? [[name, found[name]]] : [])));
};

/** Whether a profile assumes its role with an MFA device: the CLI then asks for a code at a terminal. */
export const asksForCode = async (files: ProfileFiles, profile: string): Promise<boolean> =>
  (await readProfile(files, profile)).mfa_serial !== undefined;

/** Absolute paths of the operator's config and credentials files; either may be missing. */
export type ProfileFiles = { readonly config: string; readonly credentials: string };

const readProfile = async (files: ProfileFiles, profile: string) => {
  // Loaded with the first aws stage, not with the server: it would cost a tenth of the start.
  const { loadSharedConfigFiles } = await import("@smithy/shared-ini-file-loader");
  const { config, credentials } = files;
  const loaded = await loadSharedConfigFiles({ configFilepath: config, filepath: credentials, ignoreCache: true });
  return { ...loaded.credentialsFile[profile], ...loaded.configFile[profile] };
};

/** The text of the configuration file that the aws stage gets as its only one. */
export const configurationText = (settings: ProfileSettings): string => {
  const lines = Object.entries(settings).filter(([name]) => !name.startsWith("s3."));
  const s3 = Object.entries(settings).filter(([name]) => name.startsWith("s3."));
  const nested = s3.length === 0 ? [] : ["s3 =", ...s3.map(([name, value]) => `  ${name.slice(3)} = ${value}`)];
  return ["[default]", ...lines.map(([name, value]) => `${name} = ${value}`), ...nested, ""].join("\n");
};

const isPlain = (value: string | undefined): value is string =>
  value !== undefined && /^[^\r\n\0]{1,1024}$/.test(value);
