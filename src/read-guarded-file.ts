import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";

/** A file that a setting names, and who may do what with it decides whether it is read. */
export type GuardedFile = {
  /** The setting's name, for what is wrong with the file. */
  readonly setting: string;
  /** Absolute. */
  readonly path: string;
  /** Bytes that it may have. */
  readonly largest: number;
};

/** What nobody but the owner may do, and what others may not even read. */
const TOO_OPEN = 0o037;

/**
 * The text of a file with secrets. It may be a link, as mounted secrets of Kubernetes are; what is looked at is what it leads
 * to.
 *
 * Throws where it cannot be read, is readable by all or may be changed by anybody but its owner, or belongs neither to this
 * user nor to root.
 */
export const readGuardedFile = ({ setting, path, largest }: GuardedFile): string => {
  const refuse = (why: string, cause?: unknown): never => {
    throw new Error(`${setting}=${path}: the file ${why}`, { cause });
  };
  const descriptor = opened(path, refuse);
  try {
    const problem = problemOf(fstatSync(descriptor), path, largest);
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

const problemOf = (stats: Stats, path: string, largest: number): string | undefined => {
  const mode = (stats.mode & 0o777).toString(8).padStart(4, "0");
  if (!stats.isFile()) return "is no regular file";
  if (stats.uid !== 0 && stats.uid !== process.geteuid?.()) return "belongs to another user";
  if ((stats.mode & TOO_OPEN) !== 0)
    return `has mode ${mode}, by which others may read it or change it; \`chmod 600 ${path}\`, or \`defaultMode: 0440\` for a mounted secret`;
  if (stats.size > largest) return `has ${stats.size} bytes; at most ${largest} are read`;
  return undefined;
};
