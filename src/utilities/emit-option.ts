import { err, ok, type Result } from "../language/result.js";
import { judgeValue } from "./judge-value.js";
import type { ReadOption } from "./reading.js";
import type { UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOption } from "./utility-grammar.js";

/** Judges an option's values and writes it under its full name, as one word where the utility takes `--name=value`. */
export const emitOption = (utility: Utility, read: ReadOption): Result<readonly string[], UtilityRefusal> => {
  const texts: string[] = [];
  for (const [index, slice] of read.values.entries()) {
    const kind = read.option.values[index];
    if (!kind) continue;
    const judged = judgeValue(kind, slice.text, `\`${read.spelled}\``);
    if (!judged.ok) return err({ ...judged.error, argument: slice.argument });
    texts.push(judged.value);
  }
  return ok(spell(utility, read, texts));
};

/** The option without a value; its letter where it has no full name. */
export const flag = (option: UtilityOption): string =>
  option.long[0] === undefined ? `-${option.short[0]}` : `--${option.long[0]}`;

const spell = (utility: Utility, { option, spelled }: ReadOption, values: readonly string[]): readonly string[] => {
  const [value] = values;
  if (utility.grammar.syntax === "predicates")
    return [option.long[0] === undefined ? spelled : `-${option.long[0]}`, ...values];
  if (utility.grammar.syntax === "dash") return [`-${option.short[0]}`, ...values];
  if (value === undefined || utility.grammar.syntax !== "gnu") return [flag(option), ...values];
  if (option.long[0] !== undefined) return [`--${option.long[0]}=${value}`];
  return value === "" ? [flag(option), value] : [`${flag(option)}${value}`];
};
