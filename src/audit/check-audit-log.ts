import { accessSync, constants, lstatSync } from "node:fs";
import { dirname } from "node:path";
import { heldBy } from "./held-by.js";
import { type AuditOptions, noReserve } from "./open-audit-log.js";
import { checkLogFile, unopened } from "./open-log-file.js";
import { trySystem } from "./system-error.js";

/**
 * What `openAuditLog` would do with a path, in words that go on after it. Throws what that would throw; only whether there is
 * room for the reserve is not found out, and the file of a server that runs is no problem. Nothing is made or changed.
 */
export const checkAuditLog = ({
  path,
  underWay,
}: { readonly path: string } & Pick<AuditOptions, "underWay">): string => {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    mustTakeFiles(path, (code) => unopened(path, code));
    return "each server makes a file in it";
  }
  const reserve = `${path}.reserve`;
  const there = lstatSync(reserve, { throwIfNoEntry: false });
  const holder = there?.isFile() === true ? heldBy(reserve) : undefined;
  if (holder !== undefined) return `is that of a server that runs (process ${holder})`;
  const head = checkLogFile(path);
  const folder = dirname(path);
  if (head === undefined) mustTakeFiles(folder, (code) => unopened(path, code));
  mustTakeFiles(folder, (code) => noReserve(reserve, underWay, code));
  // A file of that name is replaced; anything else stays in the way.
  if (there?.isFile() === false) throw noReserve(reserve, underWay, "EEXIST");
  if (head === undefined) return "is made";
  return head.seq === 0 ? "is empty" : `is continued after line ${head.seq} of its chain`;
};

const mustTakeFiles = (folder: string, problem: (code: string) => Error): void => {
  const allowed = trySystem(() => accessSync(folder, constants.W_OK | constants.X_OK));
  if (!allowed.ok) throw problem(allowed.error);
};
