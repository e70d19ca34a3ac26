import type { Engine } from "../engine.js";
import type { HelpCache } from "./help-cache.js";
import type { Runs } from "./runs.js";

/** What every connection's tools share. */
export type ToolParts = {
  readonly engine: Engine;
  readonly runs: Runs;
  readonly helpCache: HelpCache;
  readonly timeoutSeconds: number;
};
