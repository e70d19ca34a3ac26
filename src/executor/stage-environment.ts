import { RUN_MARKER } from "./end-processes.js";
import type { PrivateDirectories } from "./private-directories.js";

/** Environment variables as a plain record. */
export type Environment = Readonly<Record<string, string>>;

// What the operator set for the connection; none of it can run code, name a file to write or reveal a key.
const CONNECTION = [
  "AWS_ENDPOINT_URL",
  "AWS_CA_BUNDLE",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_STS_REGIONAL_ENDPOINTS",
  "AWS_RETRY_MODE",
  "AWS_MAX_ATTEMPTS",
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "NO_PROXY",
  "no_proxy",
];

/**
 * What every stage gets: five variables, none of them the operator's but TZ. bwrap(1) adds PWD, which is the sixth.
 *
 * @param scratch absolute path of a folder for temporary files; who needs one tells no time
 */
export const utilityEnvironment = (
  run: string,
  directories: PrivateDirectories,
  operator: NodeJS.ProcessEnv,
  scratch?: string,
): Environment => ({
  LC_ALL: "C.UTF-8",
  HOME: directories.empty,
  PATH: directories.path,
  [RUN_MARKER]: run,
  ...(scratch === undefined ? zoneOf(operator) : { TMPDIR: scratch }),
});

const zoneOf = ({ TZ }: NodeJS.ProcessEnv): Environment => (TZ === undefined ? {} : { TZ });

/** What the aws stage needs besides: who it is, and the configuration that the engine wrote. */
export type AwsIdentity = {
  /** AWS_ACCESS_KEY_ID and its companions. */
  readonly keys: Environment;
  readonly region: string;
  /** Absolute path of the engine-written configuration file. */
  readonly configurationFile: string;
};

/** The aws stage's environment: credentials by value, no file of the operator's, no program on PATH. */
export const awsEnvironment = (
  run: string,
  directories: PrivateDirectories,
  operator: NodeJS.ProcessEnv,
  identity: AwsIdentity,
): Environment => ({
  ...utilityEnvironment(run, directories, operator),
  ...pick(operator, CONNECTION),
  ...identity.keys,
  ...quiet,
  HOME: directories.home,
  TMPDIR: directories.home,
  AWS_REGION: identity.region,
  AWS_CONFIG_FILE: identity.configurationFile,
  AWS_SHARED_CREDENTIALS_FILE: NOWHERE,
  AWS_EC2_METADATA_DISABLED: "true",
});

/** The environment of a help run: the formatter on PATH, no credentials, an endpoint that cannot be reached. */
export const helpEnvironment = (
  run: string,
  directories: PrivateDirectories,
  operator: NodeJS.ProcessEnv,
  pager: string,
): Environment => ({
  ...utilityEnvironment(run, directories, operator),
  ...quiet,
  HOME: directories.home,
  TMPDIR: directories.home,
  PATH: directories.helpPath,
  PAGER: pager,
  MANPAGER: pager,
  TERM: "dumb",
  GROFF_NO_SGR: "1",
  AWS_REGION: "us-east-1",
  AWS_CONFIG_FILE: NOWHERE,
  AWS_SHARED_CREDENTIALS_FILE: NOWHERE,
  AWS_EC2_METADATA_DISABLED: "true",
});

// A file that cannot be made: whatever a stage is told to write there, it finds no configuration and leaves none.
const NOWHERE = "/dev/null/none";

// No pager, no prompt, no history: each of them would wait for a terminal, run a program or leave a file.
const quiet: Environment = { AWS_PAGER: "", AWS_CLI_AUTO_PROMPT: "off", AWS_CLI_ERROR_FORMAT: "json" };

const pick = (from: NodeJS.ProcessEnv, names: readonly string[]): Environment =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name] ?? ""]])));
