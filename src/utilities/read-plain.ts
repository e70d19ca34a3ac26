import { ok, type Result } from "../language/result.js";
import { findShortOption } from "./find-option.js";
import type { Reading, ReadOperand } from "./reading.js";
import type { UtilityRefusal } from "./refusal.js";
import type { Utility } from "./utility-grammar.js";

/**
 * Reads argv as GNU printf does (coreutils, src/printf.c): a full name is an option only where it is the one word of the call,
 * `--` may stand first, all else are operands. A first word that is a letter of another printf is that option, and refused.
 */
export const readPlain = (utility: Utility, argv: readonly string[]): Result<Reading, UtilityRefusal> => {
  const [, first = ""] = argv;
  const alone = argv.length === 2 && first.startsWith("--") ? utility.long.get(first.slice(2)) : undefined;
  if (alone) return ok({ options: [{ option: alone, spelled: first, values: [], argument: 1 }], operands: [] });
  if (/^-.$/su.test(first) && utility.short.has(first.slice(1))) {
    const option = findShortOption(utility, first.slice(1), 1);
    if (!option.ok) return option;
  }
  return ok({ options: [], operands: operandsFrom(argv, first === "--" ? 2 : 1) });
};

const operandsFrom = (argv: readonly string[], start: number): readonly ReadOperand[] =>
  argv.slice(start).map((text, index) => ({ text, argument: start + index }));
