import { existsSync } from "node:fs";
import type { Profile } from "./profile.js";

/**
 * Descriptors that bwrap(1) finds in its own process: 3 holds the seccomp program, on 4 it tells what becomes of the
 * program. The program itself gets neither.
 */
export const SECCOMP_DESCRIPTOR = 3;
export const STATUS_DESCRIPTOR = 4;

/**
 * The words of bwrap(1) that confine a program: namespaces of its own of every kind, a root that holds nothing but what
 * the profile names, read-only but for the folders that it may write in.
 *
 * @param bwrap absolute path
 */
export const bubblewrapWords = (bwrap: string, profile: Profile): readonly string[] => [
  bwrap,
  "--unshare-all",
  "--unshare-user",
  ...(profile.network === "none" ? [] : ["--share-net"]),
  "--die-with-parent",
  "--new-session",
  "--cap-drop",
  "ALL",
  ...readable(profile).flatMap((path) => ["--ro-bind", path, path]),
  ...(profile.system ? ["--dev", "/dev", "--proc", "/proc"] : []),
  ...profile.writes.filter((path) => existsSync(path)).flatMap((path) => ["--bind", path, path]),
  ...(isCovered(profile) ? [] : ["--dir", profile.cwd]),
  "--chdir",
  profile.cwd,
  "--remount-ro",
  "/",
  "--seccomp",
  String(SECCOMP_DESCRIPTOR),
  "--json-status-fd",
  String(STATUS_DESCRIPTOR),
  "--",
];

// What lies in a folder that is there is there with it.
const readable = ({ executes, reads }: Profile): readonly string[] => {
  const all = [...new Set([...executes, ...reads])].filter((path) => existsSync(path));
  return all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
};

const isCovered = ({ cwd, reads, writes }: Profile): boolean =>
  [...reads, ...writes].some((path) => cwd === path || cwd.startsWith(`${path}/`));
