import { ok, type Result } from "../language/result.js";
import { flag } from "./emit-option.js";
import type { ReadOption } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility } from "./utility-grammar.js";

/** Refuses an option that is given without the one it `needs`. */
export const optionAlone = (
  { grammar, long }: Utility,
  options: readonly ReadOption[],
): Result<undefined, UtilityRefusal> => {
  for (const { option, spelled, argument } of options) {
    const needed = option.needs === undefined ? undefined : long.get(option.needs);
    if (!needed || options.some((other) => other.option === needed)) continue;
    const message = `option \`${spelled}\` of \`${grammar.name}\` is not allowed without \`${flag(needed)}\``;
    return refusal("refused-option", argument, message, option.hint ?? `write \`${flag(needed)}\` as well`);
  }
  return ok(undefined);
};
