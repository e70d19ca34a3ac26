import { join } from "node:path";
import type { Result } from "../../language/result.js";
import type { Reason } from "../prepare-stage.js";
import { neededFiles } from "./needed-files.js";
import type { Profile } from "./profile.js";
import { filterLimits } from "./resource-limits.js";

/** What a filter has besides its program. */
export type FilterNeeds = {
  /** Files and folders that the utility reads wherever it runs, as its grammar says. */
  readonly reads: readonly string[];
  /** Files of the workspace that it is to read, each alone, and folders that it is to look into. */
  readonly operands: readonly string[];
  /** Folders that it may write in: where its files are taken from, where it puts what does not fit into memory. */
  readonly writes: readonly string[];
  readonly cwd: string;
  readonly milliseconds: number;
};

/**
 * The profile of a filter: its program with exactly the files that starting it needs, the tables of its locale, its
 * operands. No network, no other process.
 *
 * @param program absolute path
 */
export const filterProfile = (program: string, needs: FilterNeeds): Result<Profile, Reason> => {
  const files = neededFiles(program);
  if (!files.ok) return files;
  const { executes, reads } = files.value;
  return {
    ok: true,
    value: {
      program,
      executes,
      reads: [...reads, ...LOCALE, ...needs.reads, ...needs.operands],
      writes: needs.writes,
      cwd: needs.cwd,
      system: false,
      times: false,
      network: "none",
      processes: "none",
      limits: filterLimits(needs.milliseconds),
    },
  };
};

/** Where glibc looks for C.UTF-8; that directory holds the tables of one locale and nothing else. */
export const LOCALE = ["C.utf8", "C.UTF-8"].map((name) => join("/usr/lib/locale", name));
