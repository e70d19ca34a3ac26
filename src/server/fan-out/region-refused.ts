import type { Checked, Target } from "../../check.js";
import { inBackticks } from "../../language/visible.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { limitsOf, outside } from "./region-limits.js";

/**
 * A refusal with the code `region-refused` as it is told where the call has named the region: no option of the command
 * helps then. Another region, as in an ARN, is the command's own, and told as it is.
 */
export const regionRefused = (
  checked: Checked,
  { region }: Target,
  book: Pick<RuleBook, "limits" | "policy">,
): Checked => {
  if (region === undefined || !checked.message.startsWith(`the region ${inBackticks(region)} `)) return checked;
  const limits = limitsOf(book).filter(({ globs }) => outside(globs)(region));
  if (limits.length === 0) return checked;
  const allowed = limits.map(({ by, globs }) => `${by} allows ${globs.slice(0, 5).map(inBackticks).join(", ")}`);
  return { ...checked, hint: `leave ${inBackticks(region)} out of \`regions\`: ${allowed.join("; ")}` };
};
