import { readFileSync } from "node:fs";

// Beside the built programs, also when this runs from its source.
const BUILD = new URL("../dist/build.json", import.meta.url);
const PACKAGE = new URL("../package.json", import.meta.url);

let known: string | undefined;

/**
 * The version that the build wrote down, or package.json's where nothing was built; the same as long as this process runs.
 * Throws when a file that is there has none.
 */
export const version = (): string => {
  known ??= versionIn(readIfThere(BUILD) ?? readFileSync(PACKAGE, "utf8"));
  return known;
};

const versionIn = (text: string): string => {
  const read: unknown = JSON.parse(text);
  if (typeof read === "object" && read !== null && "version" in read && typeof read.version === "string")
    return read.version;
  throw new Error("dist/build.json has no version; build again");
};

const readIfThere = (file: URL): string | undefined => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw cause;
  }
};
