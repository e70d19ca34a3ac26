import type { AuditLog } from "../audit/audit-log.js";
import type { Engine } from "../engine.js";
import type { RuleBook } from "../policy/rule-book.js";
import { auditedEngine } from "./audit/audited-engine.js";
import { type NotesRefusals, refusedCalls } from "./audit/refused-calls.js";
import { type DrawPage, drawPage } from "./limits/draw-page.js";
import { limitedEngine } from "./limits/limited-engine.js";
import { type LimitSettings, limitsByPrincipal } from "./limits/limits.js";
import type { Principal } from "./principal-of.js";

/** A principal's engine as its calls reach it, and what is looked at beside it. */
export type Watched = NotesRefusals & { readonly engine: Engine; readonly drawPage?: DrawPage };

/** Puts an engine under a principal's limits and, outermost, under the eyes of the audit log: refused calls are written down too. */
export type Watch = (engine: Engine, principal: Principal) => Watched;

export type WatchParts = {
  readonly settings: LimitSettings;
  readonly audit: AuditLog;
  readonly book: RuleBook;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** Everybody's limits, of which nothing is used up yet, and one log. */
export const createWatch = ({ settings, audit, book, now }: WatchParts): Watch => {
  const limitsOf = limitsByPrincipal(settings);
  return (engine, principal) => {
    const limits = limitsOf(principal.name);
    const parts = { audit, principal, book, now };
    return {
      engine: auditedEngine(limitedEngine(engine, limits), parts),
      noteRefused: refusedCalls({ ...parts, policy: engine.policy }),
      drawPage: drawPage(limits),
    };
  };
};
