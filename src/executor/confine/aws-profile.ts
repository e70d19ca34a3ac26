import { dirname, join } from "node:path";
import { ok, type Result } from "../../language/result.js";
import type { Reason } from "../prepare-stage.js";
import { LOCALE } from "./filter-profile.js";
import { type NeededFiles, neededByAll, neededByModules, neededFiles } from "./needed-files.js";
import type { Profile } from "./profile.js";
import { awsLimits } from "./resource-limits.js";

/** What an aws stage has besides its program. */
export type AwsNeeds = {
  /** Its configuration, the operator's CA bundle. */
  readonly reads: readonly string[];
  /** Its own folder, where there is one. */
  readonly writes: readonly string[];
  readonly cwd: string;
  readonly network: Profile["network"];
  readonly milliseconds: number;
};

/**
 * The profile of an aws stage: the CLI with its own files and the libraries that these need; no other program, no other
 * process.
 *
 * @param cli absolute path, symlinks resolved
 */
export const awsProfile = (cli: string, { reads, ...needs }: AwsNeeds): Result<Profile, Reason> => {
  const files = cliFiles(cli);
  if (!files.ok) return files;
  return ok({
    program: cli,
    executes: files.value.executes,
    reads: [...files.value.reads, ...LOCALE, ...SYSTEM, ...reads],
    writes: needs.writes,
    cwd: needs.cwd,
    system: true,
    // As on objects that it downloads.
    times: true,
    network: needs.network,
    processes: "none",
    limits: awsLimits(needs.milliseconds),
  });
};

/** A help run starts the formatter's programs; it has no keys and no network. */
export type HelpNeeds = {
  /** Absolute paths of the programs, symlinks resolved. */
  readonly programs: readonly string[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly cwd: string;
};

/** The profile of a help run: the CLI, groff and what these read. */
export const helpProfile = (cli: string, needs: HelpNeeds): Result<Profile, Reason> => {
  const files = cliFiles(cli);
  if (!files.ok) return files;
  const formatters = neededByAll(needs.programs);
  if (!formatters.ok) return formatters;
  return ok({
    program: cli,
    executes: [...files.value.executes, ...formatters.value.executes],
    reads: [...files.value.reads, ...formatters.value.reads, ...LOCALE, ...SYSTEM, ...GROFF, ...needs.reads],
    writes: needs.writes,
    cwd: needs.cwd,
    system: true,
    times: false,
    network: "none",
    processes: "any",
    limits: { cpuSeconds: undefined, addressSpace: undefined, fileSize: undefined, openFiles: 1024 },
  });
};

// The official version 2 is one directory, its modules shared objects with needs of their own. A script's modules lie
// where its interpreter looks for them, which only the interpreter knows: it may read what is installed.
const cliFiles = (cli: string): Result<NeededFiles, Reason> => {
  const files = neededFiles(cli);
  if (!files.ok) return files;
  const { executes, reads, script } = files.value;
  const folder = dirname(cli);
  if (!script) return ok({ executes, reads: [...reads, ...neededByModules(folder), folder], script });
  const prefix = dirname(folder);
  const own = [cli, join(prefix, "lib"), join(prefix, "lib64"), join(prefix, "pyvenv.cfg")];
  return ok({ executes, reads: [...reads, ...INSTALLED, ...own], script });
};

const INSTALLED = ["/usr", "/lib", "/lib64", "/bin"];

const GROFF = ["/usr/share/groff", "/etc/groff", "/usr/lib/groff"];

// The time zone, types of files by their names, the system's name, how to find hosts, authorities.
const SYSTEM = [
  "/etc/localtime",
  "/usr/share/zoneinfo",
  "/etc/mime.types",
  "/etc/os-release",
  "/usr/lib/os-release",
  "/etc/resolv.conf",
  "/etc/hosts",
  "/etc/host.conf",
  "/etc/nsswitch.conf",
  "/etc/gai.conf",
  "/etc/services",
  "/etc/ssl/certs",
  "/usr/share/ca-certificates",
  "/etc/pki",
];
