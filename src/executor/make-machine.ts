import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { fifoPool } from "./fifo-pool.js";
import { type CliSettings, usableCli } from "./find-cli.js";
import { findProgram } from "./find-program.js";
import { identities } from "./identity.js";
import { findLaunchers } from "./launcher.js";
import type { CliFound, Machine } from "./machine.js";
import { makePrivateDirectories } from "./private-directories.js";
import { type GuardedPlace, type Surroundings, usableWorkspace } from "./workspace.js";

export type MachineSettings = {
  readonly cli: CliSettings;
  /** Absolute path; undefined: a private directory that goes with the server. */
  readonly workspace: string | undefined;
  /** Absolute path of the operator's rules, which the workspace must keep away from. */
  readonly policy?: string | undefined;
  /** The system's temporary directory. */
  readonly temporary: string;
  readonly operator: NodeJS.ProcessEnv;
  readonly now: () => number;
};

/**
 * Makes what runs are made with. Nothing is started yet; the first run finds out the rest.
 *
 * Throws when the workspace overlaps what it must not, or when the CLI is a version that is not allowed.
 */
export const makeMachine = (settings: MachineSettings): Machine => {
  const { operator, now } = settings;
  const found: CliFound = usableCli(settings.cli);
  if (!found.ok && found.error.code === "cli-version-1") throw new Error(`${found.error.message}; ${found.error.hint}`);
  const path = found.ok ? found.value.path : undefined;
  const named =
    settings.workspace === undefined
      ? undefined
      : namedWorkspace(settings.workspace, {
          home: operator.HOME,
          cli: path,
          temporary: settings.temporary,
          files: decidingFiles(settings),
        });
  const directories = makePrivateDirectories(settings.temporary);
  const workspace = named ?? directories.workspace;
  const pool = fifoPool(directories.fifos, programOf("mkfifo"));
  const launchers = once(() =>
    findLaunchers(findProgram("setpriv", "/usr/bin:/bin") ?? "", programOf("true"), isRoot()),
  );
  const launcher = async () => (await launchers()).aws.words;
  return {
    pool,
    directories,
    workspace,
    launchers,
    cli: found,
    path,
    rootOutsideContainer: isRoot() && !inContainer(),
    operator,
    now,
    identities: identities({ cli: path ?? "", pool, directories, operator, launcher, now }),
    nextRun: () => randomBytes(9).toString("base64url"),
  };
};

// Files that decide who runs what: where one is set, its folder is none for commands to write to.
const decidingFiles = ({ policy, operator }: MachineSettings): readonly GuardedPlace[] =>
  [
    { what: "the policy", path: policy },
    { what: "AWS_CONFIG_FILE", path: operator.AWS_CONFIG_FILE },
    { what: "AWS_SHARED_CREDENTIALS_FILE", path: operator.AWS_SHARED_CREDENTIALS_FILE },
    { what: "AWS_WEB_IDENTITY_TOKEN_FILE", path: operator.AWS_WEB_IDENTITY_TOKEN_FILE },
    { what: "AWS_CA_BUNDLE", path: operator.AWS_CA_BUNDLE },
  ].flatMap(({ what, path }) => (path === undefined || !isAbsolute(path) ? [] : [{ what, path }]));

const namedWorkspace = (path: string, surroundings: Surroundings): string => {
  const usable = usableWorkspace(path, surroundings);
  if (!usable.ok) throw new Error(`AWS_MCP_WORKDIR: ${usable.error}`);
  return usable.value;
};

const programOf = (name: string): string => {
  const found = findProgram(name, "/usr/bin:/bin:/usr/local/bin");
  if (found === undefined) throw new Error(`${name} of coreutils is not installed`);
  return found;
};

const isRoot = (): boolean => process.getuid?.() === 0;

/** Whether this process runs in a container, by the marks that docker and podman leave. */
const inContainer = (): boolean => existsSync("/.dockerenv") || existsSync("/run/.containerenv");

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((cause: unknown) => {
      made = undefined;
      throw cause;
    });
    return made;
  };
};
