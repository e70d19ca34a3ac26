import { closeSync, constants, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import { collectErrors } from "./collect-errors.js";
import { collectOutput } from "./collect-output.js";
import { linkOnce, shareCaches } from "./credentials-caches.js";
import { unreadable } from "./credentials-unreadable.js";
import { signalGroup } from "./end-processes.js";
import type { FifoPool } from "./fifo-pool.js";
import { findProgram } from "./find-program.js";
import type { PrivateDirectories } from "./private-directories.js";
import { spawnStage } from "./spawn-stage.js";
import type { Environment } from "./stage-environment.js";
import { within } from "./within.js";

/** Keys as the variables that hand them over, and when they end (epoch milliseconds; undefined: they don't). */
export type Credentials = { readonly keys: Environment; readonly expires: number | undefined };

/** How the AWS CLI is run for the engine's own questions about credentials. */
export type CliRequest = {
  /** Absolute path of the AWS CLI. */
  readonly cli: string;
  readonly directories: PrivateDirectories;
  readonly pool: FifoPool;
  readonly operator: NodeJS.ProcessEnv;
  readonly launcher: readonly string[];
  /** Where a role is assumed; the CLI has no region of its own for that. */
  readonly region: string;
  readonly milliseconds: number;
};

export type ExportRequest = CliRequest & {
  /** Undefined: whatever the operator's environment leads to. */
  readonly profile: string | undefined;
};

/** The operator's own keys, when the environment holds them. The CLI takes them before any profile that it was not told by `--profile`. */
export const environmentCredentials = (operator: NodeJS.ProcessEnv): Credentials | undefined => {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = operator;
  if (!id || !secret) return undefined;
  const keys = { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, ...(token ? { AWS_SESSION_TOKEN: token } : {}) };
  return { keys, expires: undefined };
};

/**
 * Has the AWS CLI find credentials its own way, by `aws configure export-credentials`: profiles, SSO, roles, web
 * identity, container and instance roles, `credential_process`.
 *
 * Gives the CLI's own words when there are none to be had.
 */
export const exportCredentials = async (request: ExportRequest): Promise<Result<Credentials, string>> => {
  const text = await askCli(request, ["configure", "export-credentials", "--format", "process", ...named(request)]);
  if (text.ok) return readExport(text.value);
  const { config, credentials } = operatorFiles(request.operator);
  return err(unreadable([config, credentials]) ?? text.error);
};

/** The words that name the profile of a request. */
export const named = ({ profile }: ExportRequest): readonly string[] =>
  profile === undefined ? [] : ["--profile", profile];

/**
 * Runs the AWS CLI as the engine itself, and gives what it prints, or the last line of what it says when it fails. These
 * are the only runs that see the operator's environment and PATH; their HOME is private and has caches, but no alias
 * file, no models and no plugins of its own.
 */
export const askCli = async (request: CliRequest, args: readonly string[]): Promise<Result<string, string>> => {
  shareCaches(request.directories.credentialHome, request.operator.HOME);
  maskScript(request.directories.credentialHome);
  const { code, stdout, stderr } = await runCli(request, args);
  return code === 0 ? ok(stdout) : err(stderr.trim().split("\n").at(-1) ?? "");
};

const runCli = async (request: CliRequest, args: readonly string[]) => {
  const [out, errors] = await request.pool.take(2);
  if (out === undefined || errors === undefined) throw new Error("the pool gave fewer pipes than asked for");
  const stdin = openSync("/dev/null", constants.O_RDONLY);
  const { cli: file, launcher, directories } = request;
  const env = exportEnvironment(request);
  const child = spawnStage({
    file,
    args,
    env,
    cwd: directories.empty,
    launcher,
    stdin,
    stdout: out.write,
    stderr: errors.write,
  });
  for (const descriptor of [stdin, out.write, errors.write]) closeSync(descriptor);
  const output = collectOutput(out.read, {
    characters: 65_536,
    spoolBytes: 0,
    spoolPath: join(directories.configuration, "never"),
  });
  const messages = collectErrors(errors.read);
  const timer = setTimeout(() => child.pid !== undefined && signalGroup(child.pid, "SIGKILL"), request.milliseconds);
  const exit = await child.exit;
  clearTimeout(timer);
  await within(Promise.all([output.ended, messages.ended]), 250);
  const said = messages.finish();
  const stderr = exit.kind === "not-started" ? `the AWS CLI did not start: ${exit.reason}` : said;
  return { code: exit.kind === "exited" ? exit.code : -1, stdout: output.finish().text, stderr };
};

const exportEnvironment = ({ operator, directories, region }: CliRequest): Environment => {
  // A profile without a name is none to us, and one that cannot be found to the CLI.
  // Our own settings are nobody else's: AWS_MCP_STATE has a password.
  const kept = Object.entries(operator).filter(
    ([name, value]) =>
      value !== undefined &&
      !/^(LD_|PYTHON|NODE_|AWS_MCP_)/.test(name) &&
      !(value === "" && /^AWS_(DEFAULT_)?PROFILE$/.test(name)),
  );
  const { config, credentials } = operatorFiles(operator);
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""])),
    HOME: directories.credentialHome,
    PATH: `${masks(directories.credentialHome)}:${operator.PATH ?? "/usr/bin:/bin"}`,
    AWS_REGION: region,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_PAGER: "",
    AWS_CLI_AUTO_PROMPT: "off",
    // Its last line is the reason, which an object's is not.
    AWS_CLI_ERROR_FORMAT: "legacy",
  };
};

/** Where the operator's files are, or would be. */
const operatorFiles = ({ HOME: home = "/", ...operator }: NodeJS.ProcessEnv) => ({
  config: operator.AWS_CONFIG_FILE ?? join(home, ".aws", "config"),
  credentials: operator.AWS_SHARED_CREDENTIALS_FILE ?? join(home, ".aws", "credentials"),
});

const masks = (home: string): string => join(home, "bin");

// The CLI runs `lsb_release` on every call, to say in its requests what system this is. That is a shell script.
const maskScript = (home: string): void => {
  mkdirSync(masks(home), { recursive: true, mode: 0o700 });
  const program = findProgram("true", "/usr/bin:/bin");
  if (program !== undefined) linkOnce(program, join(masks(home), "lsb_release"));
};

// The format is that of `credential_process` (AWS CLI user guide, "Sourcing credentials with an external process").
const readExport = (text: string): Result<Credentials, string> => {
  try {
    const read: Readonly<Record<string, unknown>> = JSON.parse(text);
    const keys = environmentCredentials({
      AWS_ACCESS_KEY_ID: String(read.AccessKeyId ?? ""),
      AWS_SECRET_ACCESS_KEY: String(read.SecretAccessKey ?? ""),
      AWS_SESSION_TOKEN: String(read.SessionToken ?? ""),
    });
    if (keys === undefined) return err("the AWS CLI answered without keys");
    const expires = typeof read.Expiration === "string" ? Date.parse(read.Expiration) : Number.NaN;
    return ok({ ...keys, expires: Number.isNaN(expires) ? undefined : expires });
  } catch {
    return err("the AWS CLI's answer could not be read");
  }
};
