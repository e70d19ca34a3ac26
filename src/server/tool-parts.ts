import type { Engine } from "../engine.js";
import type { RuleBook } from "../policy/rule-book.js";
import type { HelpCache } from "./help-cache.js";
import type { Regions } from "./regions/regions.js";
import type { Presentation } from "./results/presentation.js";
import type { Runs } from "./runs.js";

/** What every connection's tools share. */
export type ToolParts = {
  readonly engine: Engine;
  readonly runs: Runs;
  readonly helpCache: HelpCache;
  readonly timeoutSeconds: number;
  readonly maxOutput: number;
  readonly concurrency: number;
  readonly presentation: Presentation;
  readonly redact: "on" | "off";
  readonly book: RuleBook;
  readonly regions: Regions;
};
