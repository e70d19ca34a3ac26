import { lstatSync, readdirSync, realpathSync, type Stats } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Reason } from "./prepare-stage.js";

/** A file of the workspace that a stage uses. */
export type UsedFile = { readonly path: string; readonly how: "read" | "write" | "folder" };

/**
 * The first file that is not what the verdict took it for: a path that a link leads elsewhere, something that is no
 * plain file, a tree with a link, a device or a file of several names in it.
 *
 * What could change between here and the open is in the workspace, which only other calls of this server write.
 */
export const fileReason = (files: readonly UsedFile[], workspace: string): Reason | undefined => {
  for (const file of files) {
    const reason = reasonOf(file, workspace);
    if (reason !== undefined) return reason;
  }
  return undefined;
};

const reasonOf = ({ path, how }: UsedFile, workspace: string): Reason | undefined => {
  try {
    if (path !== workspace && !path.startsWith(workspace + sep)) return outsideFile(path, workspace);
    const found = how === "read" ? lstatSync(path) : lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return parentReason(path, workspace);
    if (realpathSync(path) !== path) return outsideFile(path, workspace);
    return how === "folder" ? treeReason(path, found, workspace) : plainReason(path, found, workspace);
  } catch (cause) {
    return unusableFile(cause, path, workspace);
  }
};

// What is written may be new; the folder that it comes into may not lead out. The CLI makes folders that are missing.
const parentReason = (path: string, workspace: string): Reason | undefined => {
  const parent = dirname(path);
  if (parent.length < workspace.length) return outsideFile(path, workspace);
  if (lstatSync(parent, { throwIfNoEntry: false }) === undefined) return parentReason(parent, workspace);
  return realpathSync(parent) === parent ? undefined : outsideFile(path, workspace);
};

const plainReason = (path: string, found: Stats, workspace: string): Reason | undefined =>
  found.isFile() ? undefined : notAFile(path, workspace);

const treeReason = (path: string, found: Stats, workspace: string): Reason | undefined => {
  if (!found.isDirectory()) return plainReason(path, found, workspace);
  for (const name of readdirSync(path)) {
    const inner = join(path, name);
    if (name.startsWith(".")) return dotName(inner, workspace);
    const stats = lstatSync(inner);
    if (!stats.isDirectory() && (!stats.isFile() || stats.nlink > 1)) return notPlainTree(inner, workspace);
    const reason = stats.isDirectory() ? treeReason(inner, stats, workspace) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
};

const unusableFile = (cause: unknown, path: string, workspace: string): Reason => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return missingFile(path, workspace);
  if (code === "ELOOP") return outsideFile(path, workspace);
  if (code === "EACCES") return unreadableFile(path, workspace);
  throw cause;
};

const relative = (path: string, workspace: string): string =>
  path.startsWith(workspace + sep) ? path.slice(workspace.length + 1) : path;

const missingFile = (path: string, workspace: string): Reason => ({
  code: "file-missing",
  message: `there is no file \`${relative(path, workspace)}\` in the workspace`,
  hint: "pipe the data in, or name a file that an earlier call has left in the workspace",
});

const outsideFile = (path: string, workspace: string): Reason => ({
  code: "file-outside",
  message: `\`${relative(path, workspace)}\` leads out of the workspace`,
  hint: "name a plain file of the workspace; links are not followed",
});

const notAFile = (path: string, workspace: string): Reason => ({
  code: "file-not-regular",
  message: `\`${relative(path, workspace)}\` is not a regular file`,
  hint: "name a plain file of the workspace",
});

const dotName = (path: string, workspace: string): Reason => ({
  code: "file-not-regular",
  message: `\`${relative(path, workspace)}\` begins with a dot, and such names do not leave the workspace`,
  hint: "name the files one by one, or a folder without such names",
});

const notPlainTree = (path: string, workspace: string): Reason => ({
  code: "file-not-regular",
  message: `\`${relative(path, workspace)}\` is a link, a device or a file with several names`,
  hint: "remove it from the folder; only plain files are transferred together",
});

const unreadableFile = (path: string, workspace: string): Reason => ({
  code: "file-unreadable",
  message: `the server may not read \`${relative(path, workspace)}\``,
  hint: "name a plain file of the workspace",
});
