import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { parseTokenFile } from "./parse-token-file.js";
import type { TokenEntries } from "./token-entry.js";

/** Some three thousand tokens: each request is compared with all of them. */
const LARGEST = 262_144;

/** What nobody but the owner may do, and what others may not even read. */
const TOO_OPEN = 0o037;

/**
 * The tokens of the operator's file, as it is at the start: whoever is taken off it is let in until the server starts anew.
 * The file may be a link, as mounted secrets of Kubernetes are; what is looked at is what it leads to.
 *
 * Throws where it cannot be read, is readable by all or may be changed by anybody but its owner, belongs neither to this user
 * nor to root, or has a line that is not what it should be.
 *
 * @param path absolute
 */
export const readTokenFile = (path: string): TokenEntries => {
  const parsed = parseTokenFile(path, readGuarded(path));
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.error.join("\n"));
};

const readGuarded = (path: string): string => {
  const refuse = (why: string, cause?: unknown): never => {
    throw new Error(`AWS_MCP_TOKEN_FILE=${path}: the file ${why}`, { cause });
  };
  const descriptor = opened(path, refuse);
  try {
    const problem = problemOf(fstatSync(descriptor), path);
    return problem === undefined ? readFileSync(descriptor, "utf8") : refuse(problem);
  } finally {
    closeSync(descriptor);
  }
};

// A FIFO must not be waited for.
const opened = (path: string, refuse: (why: string, cause: unknown) => never): number => {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    return refuse(`cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
};

const problemOf = (stats: Stats, path: string): string | undefined => {
  const mode = (stats.mode & 0o777).toString(8).padStart(4, "0");
  if (!stats.isFile()) return "is no regular file";
  if (stats.uid !== 0 && stats.uid !== process.geteuid?.()) return "belongs to another user";
  if ((stats.mode & TOO_OPEN) !== 0)
    return `has mode ${mode}, by which others may read it or change it; \`chmod 600 ${path}\`, or \`defaultMode: 0440\` for a mounted secret`;
  if (stats.size > LARGEST) return `has ${stats.size} bytes; at most ${LARGEST} are read`;
  return undefined;
};
