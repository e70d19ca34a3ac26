import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Which of the operator's files, or which of their folders, this process may not read, whose it is, and what to do; undefined
 * where it may read what is there. The AWS CLI takes such a file for none at all, and says that a profile does not exist.
 *
 * @param paths absolute paths of files, which need not exist
 * @param user the user id of this process; undefined where the system has none
 */
export const unreadable = (paths: readonly string[], user = process.getuid?.()): string | undefined => {
  const file = paths.find((path) => codeOf(() => accessSync(path, constants.R_OK)) === "EACCES");
  if (file === undefined) return undefined;
  const path = codeOf(() => statSync(file)) === "EACCES" ? dirname(file) : file;
  const owner = codeOf(() => statSync(path)) === undefined ? statSync(path).uid : undefined;
  const whose = owner === undefined ? "" : `, which belongs to uid ${owner},`;
  return `\`${path}\`${whose} cannot be read by the server, which runs as uid ${user ?? "unknown"}; run it as the files' owner`;
};

/** The system's name of what went wrong (errno(3)). */
const codeOf = (attempt: () => unknown): string | undefined => {
  try {
    attempt();
    return undefined;
  } catch (cause) {
    return cause instanceof Error && "code" in cause ? String(cause.code) : "";
  }
};
