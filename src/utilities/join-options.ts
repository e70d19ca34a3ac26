import { ok, type Result } from "../language/result.js";
import type { ReadOption } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility } from "./utility-grammar.js";

/**
 * Makes one of an option's values that are one text together, in the place of the first. A utility may read each value
 * with the options that stand before it, as sed does, so no other option may stand in between.
 *
 * Problems: `misplaced-option`.
 */
export const joinOptions = (
  { grammar: { name } }: Utility,
  options: readonly ReadOption[],
): Result<readonly ReadOption[], UtilityRefusal> => {
  const all = options.filter(({ option }) => option.joins);
  const [first] = all;
  if (first === undefined) return ok(options);
  const from = options.indexOf(first);
  const between = options.slice(from, from + all.length).find(({ option }) => option !== first.option);
  if (between !== undefined) {
    const message = `\`${between.spelled}\` stands between two \`${first.spelled}\` of \`${name}\`, which would not both be read with it`;
    return refusal("misplaced-option", between.argument, message, `write it before the first \`${first.spelled}\``);
  }
  const text = all.flatMap(({ values }) => values.map((value) => value.text)).join("\n");
  const joined = { ...first, values: [{ text, argument: first.values[0]?.argument ?? first.argument }] };
  return ok([...options.slice(0, from), joined, ...options.slice(from + all.length)]);
};
