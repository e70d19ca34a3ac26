import type { Launcher, Launchers } from "../launcher.js";
import { BACKENDS, type BackendName, backend, type Confine, type Tools } from "./backend.js";
import type { Profile } from "./profile.js";
import type { SeccompFiles } from "./seccomp-files.js";
import { type TryOut, tryOut, trySystem } from "./try-out.js";

/** How stages are held in on this machine. */
export type Confinement = {
  /** The backend that holds filters, and the one that holds the aws stage; undefined: nothing does. */
  readonly filters: BackendName | undefined;
  readonly aws: BackendName | undefined;
  /** Why a backend that was tried does not work here, a line each. */
  readonly refused: readonly string[];
  /** What stages are started with where nothing confines them. */
  readonly unconfined: Launchers;
  /** `own`: the filter reads or writes files that belong to the server's own user. */
  readonly filter: (profile: Profile, own: boolean) => Launcher;
  /** `join`: words that put it into a network of its own, which only bubblewrap leaves it in. */
  readonly awsStage: (profile: Profile, join: readonly string[]) => Launcher;
};

export type ConfinementOptions = {
  readonly tools: Tools;
  /** What drops privileges, with no confinement. */
  readonly launchers: Launchers;
  readonly seccomp: SeccompFiles;
  readonly tryOut: TryOut;
  /** The backends that may be used, the better one for filters first. */
  readonly backends: readonly BackendName[];
};

/**
 * Finds out which backends work, by doing with each what it is for: a program runs and reads its file, but no other file,
 * and starts no process. Landlock costs less, so filters prefer it; bubblewrap closes the network too, so the aws stage
 * prefers that.
 */
export const findConfinement = async (options: ConfinementOptions): Promise<Confinement> => {
  const { launchers } = options;
  const tried = await Promise.all(options.backends.map((name) => tryBackend(name, options)));
  const working = tried.flatMap((each) => (each.confine === undefined ? [] : [each]));
  const filters = working[0];
  const withAws = working.filter((each) => each.awsReason === undefined);
  const aws = withAws.find(({ name }) => name === "bubblewrap") ?? withAws[0];
  const unprivileged = filters?.unprivileged === true ? launchers.utility : launchers.utilityWithFiles;
  return {
    filters: filters?.name,
    aws: aws?.name,
    refused: tried.flatMap((each) => (each.confine === undefined ? [each.reason] : (each.awsReason ?? []))),
    unconfined: launchers,
    filter: (profile, own) => {
      if (filters === undefined) return own ? launchers.utilityWithFiles : launchers.utility;
      return filters.confine(profile, own ? launchers.utilityWithFiles : unprivileged);
    },
    awsStage: (profile, join) => (aws === undefined ? launchers.aws : aws.confine(profile, launchers.aws, join)),
  };
};

/** Every backend, in the order of preference for filters. */
export const ALL_BACKENDS: readonly BackendName[] = BACKENDS;

type Tried = {
  readonly name: BackendName;
  readonly confine: Confine;
  /** Whether it works for the user that filters run as. */
  readonly unprivileged: boolean;
  /** Why it cannot hold the aws stage, which needs /proc and devices. */
  readonly awsReason: string | undefined;
};

type Refused = { readonly name: BackendName; readonly confine: undefined; readonly reason: string };

const tryBackend = async (
  name: BackendName,
  { tools, launchers, seccomp, tryOut: files }: ConfinementOptions,
): Promise<Tried | Refused> => {
  const confine = backend(name, tools, seccomp);
  if (confine === undefined) return { name, confine, reason: `${name}: not installed` };
  const [own, unprivileged, aws] = await Promise.all([
    tryOut(confine, launchers.utilityWithFiles, files),
    tryOut(confine, launchers.utility, files),
    trySystem(confine, launchers.aws, files),
  ]);
  if (own !== undefined) return { name, confine: undefined, reason: `${name}: ${own}` };
  const awsReason = aws === undefined ? undefined : `${name}, for the aws stage: ${aws}`;
  return { name, confine, unprivileged: unprivileged === undefined, awsReason };
};
