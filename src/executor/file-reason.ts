import { lstatSync, realpathSync } from "node:fs";
import { sep } from "node:path";
import type { UtilityFile } from "../policy/verdict.js";
import { fileSystemReason, notAFile, outsideFile } from "./file-problem.js";
import type { Reason } from "./prepare-stage.js";

/**
 * The first file of a filter that is not what the verdict took it for: a path that a link leads elsewhere, something that
 * is no plain file.
 *
 * What could change between here and the open is in the workspace, and a filter only prints it.
 */
export const fileReason = (files: readonly UtilityFile[], workspace: string): Reason | undefined => {
  for (const file of files) {
    const reason = file.how === "write" ? undefined : reasonOf(file, workspace);
    if (reason !== undefined) return reason;
  }
  return undefined;
};

const reasonOf = ({ path, how }: UtilityFile, workspace: string): Reason | undefined => {
  if (how === "folder" && path === workspace) return undefined;
  if (!path.startsWith(workspace + sep)) return outsideFile(path);
  const name = path.slice(workspace.length + 1);
  try {
    const found = lstatSync(path);
    if (realpathSync(path) !== path) return outsideFile(name);
    return found.isFile() || (how === "folder" && found.isDirectory()) ? undefined : notAFile(name);
  } catch (cause) {
    return fileSystemReason(cause, name);
  }
};
