import type { Engine } from "../engine.js";
import type { RuleBook } from "../policy/rule-book.js";
import type { NotesRefusals } from "./audit/refused-calls.js";
import type { HelpCache } from "./help-cache.js";
import type { DrawPage } from "./limits/draw-page.js";
import type { Regions } from "./regions/regions.js";
import type { Presentation } from "./results/presentation.js";
import type { Runs } from "./runs.js";

/** What every connection's tools share. */
export type ToolParts = NotesRefusals & {
  readonly engine: Engine;
  /** The name of whose connections these are. */
  readonly principal: string;
  /** Fires when the principal is forgotten; nothing where it never is. */
  readonly ended?: AbortSignal;
  readonly runs: Runs;
  readonly helpCache: HelpCache;
  readonly timeoutSeconds: number;
  readonly maxOutput: number;
  readonly concurrency: number;
  /** The most runs of one call. */
  readonly maxFanOut: number;
  readonly presentation: Presentation;
  readonly redact: "on" | "off";
  readonly book: RuleBook;
  readonly regions: Regions;
  /**
   * Absolute path of the workspace where later calls may come to another process, which does not have it: what a call writes
   * there goes with its answer. Nothing where they find it again.
   */
  readonly unsharedWorkspace?: string;
  /** Counts a page of a kept result; nothing where pages are not counted. */
  readonly drawPage?: DrawPage;
};
