import type { Effect } from "../catalogue/effect.js";
import type { Decision } from "./decision.js";

export type SecurityMode = "strict" | "permissive" | "read-only";

/** What a mode says of an effect; `warn` is an `allow` that the answer mentions. */
export type ModeDecision = Decision | "warn";

// Rows are effects, columns are modes; README.md shows the same table, and a test compares them.
const table: Readonly<Record<Effect, Readonly<Record<SecurityMode, ModeDecision>>>> = {
  read: { "read-only": "allow", strict: "allow", permissive: "allow" },
  write: { "read-only": "deny", strict: "allow", permissive: "allow" },
  "sensitive-read": { "read-only": "deny", strict: "ask", permissive: "warn" },
  egress: { "read-only": "deny", strict: "ask", permissive: "warn" },
  destroy: { "read-only": "deny", strict: "ask", permissive: "warn" },
  execute: { "read-only": "deny", strict: "ask", permissive: "warn" },
  permissions: { "read-only": "deny", strict: "deny", permissive: "warn" },
  disarm: { "read-only": "deny", strict: "deny", permissive: "warn" },
  local: { "read-only": "deny", strict: "deny", permissive: "deny" },
  unknown: { "read-only": "deny", strict: "deny", permissive: "deny" },
};

/** The decision that a mode takes for an effect. */
export const decideEffect = (mode: SecurityMode, effect: Effect): ModeDecision => table[effect][mode];

/** Cells that the operator changed, by effect. */
export type EffectCells = Readonly<Partial<Record<Effect, ModeDecision>>>;

/** Effects whose cells nobody can change: what runs on the server's machine, and what nobody has reviewed. */
export const FIXED_EFFECTS: readonly Effect[] = ["local", "unknown"];

/** The decision of a mode for an effect where the operator has changed some of its cells. */
export const decideCell = (mode: SecurityMode, cells: EffectCells, effect: Effect): ModeDecision =>
  (FIXED_EFFECTS.includes(effect) ? undefined : cells[effect]) ?? decideEffect(mode, effect);

const strictness: readonly ModeDecision[] = ["allow", "warn", "ask", "deny"];

/** Positive when `a` is stricter than `b`, negative when it is milder. */
export const compareStrictness = (a: ModeDecision, b: ModeDecision): number =>
  strictness.indexOf(a) - strictness.indexOf(b);
