import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { type EgressSettings, egressSettings } from "../egress/egress-settings.js";
import type { Result } from "../language/result.js";
import type { BackendName } from "./confine/backend.js";
import { ALL_BACKENDS, type Confinement, findConfinement } from "./confine/find-confinement.js";
import { hasSeccompProgram, seccompFiles } from "./confine/seccomp-files.js";
import { type Egress, type EgressOptions, openEgress, proxiedEgress } from "./egress.js";
import { fifoPool } from "./fifo-pool.js";
import { type CliSettings, usableCli } from "./find-cli.js";
import { findProgram } from "./find-program.js";
import { identities } from "./identity.js";
import { findLaunchers, type Launchers } from "./launcher.js";
import type { CliFound, Machine } from "./machine.js";
import { makePrivateDirectories, type PrivateDirectories } from "./private-directories.js";
import { type GuardedPlace, type Surroundings, usableWorkspace } from "./workspace.js";

export type MachineSettings = {
  readonly cli: CliSettings;
  /** Absolute path; undefined: a private directory that goes with the server. */
  readonly workspace: string | undefined;
  /** The operator's own files, which the workspace must keep away from; those without a path do not exist. */
  readonly files?: readonly { readonly what: string; readonly path: string | undefined }[];
  /** `off` confines nothing. */
  readonly sandbox: "auto" | "required" | "off";
  /** `off` leaves the aws stage the machine's network. */
  readonly egress: "aws" | "off";
  /** The backends that may be used; all where it is left out. */
  readonly backends?: readonly BackendName[];
  /** The system's temporary directory. */
  readonly temporary: string;
  readonly operator: NodeJS.ProcessEnv;
  readonly now: () => number;
};

/**
 * Makes what runs are made with. Nothing is started yet; the first run finds out the rest.
 *
 * Throws when the workspace overlaps what it must not, when the CLI is a version that is not allowed, or when what the
 * operator set for connections cannot be read.
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
  const reachable = settings.egress === "off" ? undefined : mustRead(egressSettings(operator));
  const directories = makePrivateDirectories(settings.temporary);
  const workspace = named ?? directories.workspace;
  const pool = fifoPool(directories.fifos, programOf("mkfifo"));
  const launchers = once(() => findLaunchers(findProgram("setpriv", SYSTEM_PATH) ?? "", programOf("true"), isRoot()));
  const launcher = async () => (await launchers()).aws.words;
  const confinement = once(async () => confine(settings, directories, await launchers()));
  const parts = {
    pool,
    launcher,
    confinement,
    directory: directories.fifos,
    operator,
    required: settings.sandbox === "required",
  };
  const egress = reachable === undefined ? openEgress : egressOf(reachable, parts);
  return {
    pool,
    directories,
    workspace,
    confinement,
    egress,
    close: async () => {
      try {
        await egress.stop();
      } finally {
        directories.remove();
      }
    },
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
const decidingFiles = ({ files = [], operator }: MachineSettings): readonly GuardedPlace[] =>
  [
    ...files,
    { what: "AWS_CONFIG_FILE", path: operator.AWS_CONFIG_FILE },
    { what: "AWS_SHARED_CREDENTIALS_FILE", path: operator.AWS_SHARED_CREDENTIALS_FILE },
    { what: "AWS_WEB_IDENTITY_TOKEN_FILE", path: operator.AWS_WEB_IDENTITY_TOKEN_FILE },
    { what: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", path: operator.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE },
    { what: "AWS_CA_BUNDLE", path: operator.AWS_CA_BUNDLE },
  ].flatMap(({ what, path }) => (path === undefined || !isAbsolute(path) ? [] : [{ what, path }]));

const namedWorkspace = (path: string, surroundings: Surroundings): string => {
  const usable = usableWorkspace(path, surroundings);
  if (!usable.ok) throw new Error(`AWS_MCP_WORKDIR: ${usable.error}`);
  return usable.value;
};

// Not the operator's PATH, on which anything may lie.
const SYSTEM_PATH = "/usr/bin:/bin:/usr/local/bin";

const programOf = (name: string): string => {
  const found = findProgram(name, SYSTEM_PATH);
  if (found === undefined) throw new Error(`${name} of coreutils is not installed`);
  return found;
};

const confine = (
  { sandbox, backends = ALL_BACKENDS }: MachineSettings,
  directories: PrivateDirectories,
  launchers: Launchers,
): Promise<Confinement> =>
  findConfinement({
    launchers,
    tools: {
      setpriv: findProgram("setpriv", SYSTEM_PATH),
      bwrap: findProgram("bwrap", SYSTEM_PATH),
      prlimit: findProgram("prlimit", SYSTEM_PATH),
    },
    backends: sandbox === "off" || !hasSeccompProgram() ? [] : backends,
    seccomp: seccompFiles(directories.sandbox),
    tryOut: {
      directory: directories.sandbox,
      true: programOf("true"),
      cat: programOf("cat"),
      timeout: programOf("timeout"),
    },
  });

const mustRead = (read: Result<EgressSettings, string>): EgressSettings => {
  if (!read.ok) throw new Error(read.error);
  return read.value;
};

const egressOf = (
  settings: EgressSettings,
  parts: Pick<EgressOptions, "pool" | "launcher" | "confinement" | "directory" | "operator" | "required">,
): Egress => {
  const tools = { bwrap: findProgram("bwrap", SYSTEM_PATH), nsenter: findProgram("nsenter", SYSTEM_PATH) };
  return proxiedEgress({ ...parts, ...tools, settings });
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
