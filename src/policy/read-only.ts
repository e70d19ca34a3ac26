import { EFFECTS } from "../catalogue/effect.js";
import type { RuleBook } from "./rule-book.js";
import { compareStrictness, decideEffect, type EffectCells } from "./security-mode.js";

/**
 * The same rules for calls that a client may let through unasked: nothing but reads, nothing that is written into the
 * workspace. What the operator made stricter stays so; what the client would have confirmed is refused, since it does not.
 */
export const readOnly = (book: RuleBook): RuleBook => ({
  ...book,
  mode: "read-only",
  cells: stricterCells(book.cells),
  approval: book.approval === "client" ? "deny" : book.approval,
  outfiles: false,
});

const stricterCells = (cells: EffectCells): EffectCells =>
  Object.fromEntries(
    EFFECTS.flatMap((effect) => {
      const cell = cells[effect];
      const isStricter = cell !== undefined && compareStrictness(cell, decideEffect("read-only", effect)) > 0;
      return isStricter ? [[effect, cell]] : [];
    }),
  );
