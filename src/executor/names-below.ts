import { sep } from "node:path";
import { err, ok, type Result } from "../language/result.js";
import { dotName, outsideFile } from "./file-problem.js";
import type { Reason } from "./prepare-stage.js";

/**
 * The names that lead from the workspace to a path in it, none for the workspace itself. The text alone is looked at;
 * a path that climbs is never normalised, since a link could make that a different file.
 */
export const namesBelow = (workspace: string, path: string): Result<readonly string[], Reason> => {
  if (path === workspace) return ok([]);
  if (!path.startsWith(workspace + sep)) return err(outsideFile(path));
  const names = path
    .slice(workspace.length)
    .split(sep)
    .filter((name) => name !== "" && name !== ".");
  if (names.includes("..")) return err(outsideFile(path));
  return names.some((name) => name.startsWith(".")) ? err(dotName(names.join(sep))) : ok(names);
};
