import { lstatSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { err, ok, type Result } from "../language/result.js";
import { realPath } from "./find-program.js";
import { isWithin } from "./is-within.js";
import { systemFolderReason } from "./system-folder.js";

/** A place that decides who runs what, as an absolute path; it need not exist yet. */
export type GuardedPlace = { readonly what: string; readonly path: string };

/** Places that a workspace must keep away from, as absolute paths; undefined ones don't exist. */
export type Surroundings = {
  readonly home: string | undefined;
  readonly cli: string | undefined;
  /** Where the server makes its private directories; the workspace may lie in it. */
  readonly temporary?: string | undefined;
  /** Files or folders that the workspace may neither be, nor contain, nor lie in. */
  readonly guarded?: readonly GuardedPlace[];
  /** Files whose folders are guarded: the policy, the operator's configuration and credentials. */
  readonly files?: readonly GuardedPlace[];
  /** Who we are; undefined where the system has no user ids. */
  readonly user?: number | undefined;
};

/**
 * The real path of a directory that may be the workspace, or why it may not: commands read and write its files, so
 * that it must keep away from what decides who runs what, and nobody else may write to it.
 */
export const usableWorkspace = (path: string, surroundings: Surroundings): Result<string, string> => {
  const real = realPath(path);
  const stats = real === undefined ? undefined : lstatSync(real, { throwIfNoEntry: false });
  if (real === undefined || stats === undefined) return err(`the workspace ${path} does not exist`);
  if (!stats.isDirectory()) return err(`the workspace ${path} is not a directory`);
  const reason =
    systemFolderReason(real) ??
    homeReason(real, surroundings) ??
    guardedReason(real, surroundings) ??
    ownerReason(stats, "user" in surroundings ? surroundings.user : process.getuid?.());
  return reason === undefined ? ok(real) : err(`the workspace ${path} ${reason}`);
};

const homeReason = (real: string, { home, temporary }: Surroundings): string | undefined => {
  if (placesOf(home).some((place) => isWithin(place, real))) return "is or contains the home directory";
  return placesOf(temporary).some((place) => isWithin(place, real))
    ? "is or contains the directory for temporary files"
    : undefined;
};

const guardedReason = (real: string, surroundings: Surroundings): string | undefined => {
  const overlap = ({ path }: GuardedPlace) =>
    placesOf(path).some((place) => isWithin(real, place) || isWithin(place, real));
  const clash = guardedPlaces(surroundings).find(overlap);
  if (clash !== undefined) return `overlaps ${clash.what}, ${clash.path}`;
  const file = (surroundings.files ?? []).find((each) => clashesWithFile(real, each, surroundings));
  return file === undefined ? undefined : `overlaps the folder of ${file.what}, ${file.path}`;
};

const guardedPlaces = ({ home, cli, guarded = [] }: Surroundings): readonly GuardedPlace[] => [
  ...(home === undefined ? [] : [{ what: "the AWS configuration", path: join(home, ".aws") }]),
  ...(cli === undefined ? [] : [{ what: "the AWS CLI", path: dirname(cli) }]),
  { what: "the server", path: packageRoot() },
  ...guarded,
];

// A file may lie directly in HOME or in /tmp, where a workspace may lie as well.
const clashesWithFile = (real: string, { path }: GuardedPlace, { home, temporary }: Surroundings): boolean =>
  placesOf(path).some((place) => {
    const folder = dirname(place);
    const shared = [home, temporary].flatMap(placesOf).some((each) => isWithin(each, folder));
    return isWithin(folder, real) || (!shared && isWithin(real, folder));
  });

// Whoever may write to it could put links and files there while they are judged.
const ownerReason = ({ uid, mode }: Stats, user: number | undefined): string | undefined => {
  if (user === undefined) return undefined;
  if (user !== 0 && uid !== user && uid !== 0) return `belongs to another user, ${uid}`;
  return (mode & 0o022) === 0 ? undefined : "can be written to by others; `chmod go-w` changes that";
};

/** Where the name itself is, which could be made to lead elsewhere, and where it leads. */
const placesOf = (path: string | undefined): readonly string[] => {
  if (path === undefined || path === "") return [];
  return [ownPlace(path), realPath(path) ?? ownPlace(path)];
};

// Of what does not exist yet, the folders that do.
const ownPlace = (path: string): string => {
  const above = dirname(path);
  return above === path ? path : join(realPath(above) ?? ownPlace(above), basename(path));
};

const packageRoot = (): string => fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
