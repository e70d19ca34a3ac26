import { lstatSync, realpathSync } from "node:fs";
import { sep } from "node:path";
import { fileSystemReason, notAFile, outsideFile } from "./file-problem.js";
import type { Reason } from "./prepare-stage.js";

/**
 * The first file of a filter that is not what the verdict took it for: a path that a link leads elsewhere, something that
 * is no plain file.
 *
 * What could change between here and the open is in the workspace, and a filter only prints it.
 */
export const fileReason = (paths: readonly string[], workspace: string): Reason | undefined => {
  for (const path of paths) {
    const reason = reasonOf(path, workspace);
    if (reason !== undefined) return reason;
  }
  return undefined;
};

const reasonOf = (path: string, workspace: string): Reason | undefined => {
  if (!path.startsWith(workspace + sep)) return outsideFile(path);
  const name = path.slice(workspace.length + 1);
  try {
    const found = lstatSync(path);
    if (realpathSync(path) !== path) return outsideFile(name);
    return found.isFile() ? undefined : notAFile(name);
  } catch (cause) {
    return fileSystemReason(cause, name);
  }
};
