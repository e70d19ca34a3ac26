import type { AuditLog } from "../audit/audit-log.js";
import type { Engine } from "../engine.js";
import type { RuleBook } from "../policy/rule-book.js";
import { auditedEngine } from "./audit/audited-engine.js";
import { exhaustedCalls } from "./audit/exhausted-calls.js";
import { type NotesRefusals, type RefusedCall, refusedCalls } from "./audit/refused-calls.js";
import { type DrawPage, drawPage } from "./limits/draw-page.js";
import { callsProblem } from "./limits/exhausted.js";
import { limitedEngine } from "./limits/limited-engine.js";
import { type LimitSettings, limitsByPrincipal } from "./limits/limits.js";
import type { Principal } from "./principal-of.js";

/** A principal's engine as its calls reach it, and what is looked at beside it. */
export type Watched = NotesRefusals & { readonly engine: Engine; readonly drawPage?: DrawPage };

/**
 * Puts an engine under the eyes of the audit log and, outermost, under a principal's limits: nothing that was refused by these
 * is read any more, not for the log either, which counts it.
 */
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
    const { policy } = engine;
    const noteExhausted = exhaustedCalls(parts);
    const note = refusedCalls({ ...parts, policy });
    // These are answered with what is wrong with them; they are sent, and looked at, like others.
    const noteRefused = async (call: RefusedCall): Promise<void> => {
      const { request, code, readOnly } = call;
      if (callsProblem(limits.calls) !== undefined)
        return noteExhausted({ kind: "tool", request, code, policy, readOnly });
      limits.calls.take(1);
      await note(call);
    };
    return {
      engine: limitedEngine(auditedEngine(engine, parts), limits, noteExhausted),
      noteRefused,
      drawPage: drawPage(limits),
    };
  };
};
