import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { err, ok, type Result } from "../language/result.js";
import { realPath } from "./find-program.js";

/** Places that a workspace must keep away from, as absolute paths; undefined ones don't exist. */
export type Surroundings = { readonly home: string | undefined; readonly cli: string | undefined };

/**
 * The real path of a directory that may be the workspace, or why it may not: commands can read and, later, write its
 * files, so it must neither be, contain nor lie in what decides who runs what.
 */
export const usableWorkspace = (path: string, { home, cli }: Surroundings): Result<string, string> => {
  const real = realPath(path);
  if (real === undefined) return err(`the workspace ${path} does not exist`);
  const own = [
    home === undefined ? undefined : join(home, ".aws"),
    cli === undefined ? undefined : dirname(cli),
    packageRoot(),
  ];
  const clash = own
    .flatMap((each) => realPath(each ?? "") ?? [])
    .find((each) => within(real, each) || within(each, real));
  if (clash !== undefined) return err(`the workspace ${path} overlaps ${clash}`);
  const realHome = home === undefined ? undefined : realPath(home);
  return realHome !== undefined && within(realHome, real)
    ? err(`the workspace ${path} is or contains the home directory`)
    : ok(real);
};

/** Whether `path` is `directory` or lies in it; both absolute and real. */
const within = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);

const packageRoot = (): string => fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
