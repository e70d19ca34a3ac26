import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { fifoPool } from "./fifo-pool.js";
import { type CliSettings, usableCli } from "./find-cli.js";
import { findProgram, realPath } from "./find-program.js";
import { identities } from "./identity.js";
import { findLaunchers } from "./launcher.js";
import type { CliFound, Machine } from "./machine.js";
import { makePrivateDirectories } from "./private-directories.js";

export type MachineSettings = {
  readonly cli: CliSettings;
  /** Absolute path; undefined: a private directory that goes with the server. */
  readonly workspace: string | undefined;
  /** The system's temporary directory. */
  readonly temporary: string;
  readonly operator: NodeJS.ProcessEnv;
  readonly now: () => number;
};

/** Makes what runs are made with. Nothing is started yet; the first run, or `prepare`, finds out the rest. */
export const makeMachine = (settings: MachineSettings): Machine => {
  const { operator, now } = settings;
  const directories = makePrivateDirectories(settings.temporary);
  const workspace = realPath(settings.workspace ?? directories.workspace);
  if (workspace === undefined) throw new Error(`the workspace ${settings.workspace} does not exist`);
  const pool = fifoPool(directories.fifos, programOf("mkfifo"));
  const launchers = once(() =>
    findLaunchers(findProgram("setpriv", "/usr/bin:/bin") ?? "", programOf("true"), isRoot()),
  );
  const found: CliFound = usableCli(settings.cli);
  const path = found.ok ? found.value.path : undefined;
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
    made ??= make();
    return made;
  };
};
