import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where a version of this package may be named; those that are generated or tested are among them. */
const PLACES = ["README.md", "SECURITY.md", "package-lock.json", "server.json", "deploy", "docs"];
const TEXT = /\.(?:md|json|ya?ml|conf|env|toml)$/;

/** The texts below `root` (an absolute path) that may name a version of this package, by their path there. */
export const versionFiles = (root: string): ReadonlyMap<string, string> =>
  new Map(
    PLACES.flatMap((place) => textsAt(root, place))
      .sort()
      .map((file) => [file, readFileSync(join(root, file), "utf8")]),
  );

const textsAt = (root: string, place: string): readonly string[] => {
  if (!existsSync(join(root, place))) return [];
  if (!statSync(join(root, place)).isDirectory()) return [place];
  return readdirSync(join(root, place), { recursive: true, encoding: "utf8" })
    .map((name) => join(place, name))
    .filter((file) => TEXT.test(file) && statSync(join(root, file)).isFile());
};
