import { ok, type Result } from "../language/result.js";
import type { Reading, ReadOperand, ReadOption } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOperand, ValueKind } from "./utility-grammar.js";

export type FilledOperand = ReadOperand & { readonly value: ValueKind; readonly name: string };

const TEXT: ValueKind = { kind: "text" };

/** Gives each operand its slot: the fixed ones in their order, then the one that takes many. */
export const fillOperands = (
  utility: Utility,
  { options, operands }: Reading,
): Result<readonly FilledOperand[], UtilityRefusal> => {
  const filled: FilledOperand[] = [];
  let next = 0;
  let last: UtilityOperand | undefined;
  for (const slot of utility.grammar.operands) {
    if (isGiven(options, slot.unless) || (slot.when && !isGiven(options, slot.when))) continue;
    last = slot;
    const taken = operands.slice(next, slot.many ? operands.length : next + 1);
    next += taken.length;
    const { name, value, default: standIn } = slot;
    if (taken.length === 0 && standIn !== undefined) filled.push({ text: standIn, argument: 0, value, name });
    if (taken.length === 0 && standIn === undefined && !slot.optional) return missing(utility, slot);
    const plus = taken.find(({ text }) => slot.plus !== undefined && text.startsWith("+"));
    if (plus) return obsolete(utility, plus, slot.plus ?? "");
    const equals = taken.find(({ text }) => slot.equals !== undefined && ASSIGNMENT.test(text));
    if (equals) return assignment(utility, equals, slot.equals ?? "");
    filled.push(...taken.map((operand) => fill(slot, operand)));
  }
  const extra = operands[next];
  return extra ? tooMany(utility, last, extra) : ok(filled);
};

const isGiven = (options: readonly ReadOption[], names: readonly string[]): boolean =>
  options.some(({ option }) => names.some((name) => option.long.includes(name)));

const fill = ({ name, value, many }: UtilityOperand, operand: ReadOperand): FilledOperand =>
  many && operand.turnedBy
    ? { ...operand, value: TEXT, name }
    : { text: operand.text, argument: operand.argument, value, name };

const missing = (utility: Utility, slot: UtilityOperand) => {
  const { name } = utility.grammar;
  const hint = slot.hint ?? `write the ${slot.name} after \`${name}\``;
  return refusal("missing-operand", 0, `\`${name}\` needs a ${slot.name}`, hint);
};

const obsolete = (utility: Utility, operand: ReadOperand, hint: string) => {
  const message = `\`${utility.grammar.name}\` may read \`${operand.text}\` as an option of old`;
  return refusal("obsolete-operand", operand.argument, message, hint);
};

// awk reads a file name as an assignment where a name stands before the `=`; `:` belongs to names of namespaces.
const ASSIGNMENT = /^[A-Za-z_][A-Za-z_0-9:]*=/;

const assignment = (utility: Utility, operand: ReadOperand, hint: string) => {
  const message = `\`${utility.grammar.name}\` reads \`${operand.text}\` as an assignment, not as a file`;
  return refusal("bad-operand", operand.argument, message, hint);
};

const tooMany = (utility: Utility, slot: UtilityOperand | undefined, extra: ReadOperand) => {
  const message = `\`${utility.grammar.name}\` takes no further operand, so \`${extra.text}\` is one too many`;
  return refusal("extra-operand", extra.argument, message, slot?.hint ?? "quote words that belong together");
};
