import { nearest } from "../catalogue/nearest.js";
import { ok, type Result } from "../language/result.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOption } from "./utility-grammar.js";

/**
 * Finds a full name or a unique abbreviation of one, as glibc's getopt_long does: an exact name wins, and several names
 * of the same option are one candidate. The table is complete, refused options included, so a prefix means here what it means there.
 */
export const findLongOption = (
  utility: Utility,
  name: string,
  argument: number,
): Result<UtilityOption, UtilityRefusal> => {
  const exact = utility.long.get(name);
  if (exact) return judged(utility, exact, `--${name}`, argument);
  const names = utility.longNames.filter((candidate) => candidate.startsWith(name));
  const [option, ...others] = new Set(names.flatMap((candidate) => utility.long.get(candidate) ?? []));
  if (!option) return unknownOption(utility, `--${name}`, argument);
  if (others.length > 0) {
    const candidates = names.map((candidate) => `\`--${candidate}\``).join(", ");
    return refusal(
      "ambiguous-option",
      argument,
      `\`--${name}\` of \`${utility.grammar.name}\` could be ${candidates}`,
      "write the name in full",
    );
  }
  return judged(utility, option, `--${name}`, argument);
};

/** Finds a full name exactly, for utilities that know no abbreviations. */
export const findExactOption = (
  utility: Utility,
  name: string,
  argument: number,
): Result<UtilityOption, UtilityRefusal> => {
  const option = utility.long.get(name);
  return option ? judged(utility, option, `--${name}`, argument) : unknownOption(utility, `--${name}`, argument);
};

export const findShortOption = (
  utility: Utility,
  letter: string,
  argument: number,
): Result<UtilityOption, UtilityRefusal> => {
  const option = utility.short.get(letter);
  return option ? judged(utility, option, `-${letter}`, argument) : unknownOption(utility, `-${letter}`, argument);
};

const judged = (
  utility: Utility,
  option: UtilityOption,
  spelled: string,
  argument: number,
): Result<UtilityOption, UtilityRefusal> => {
  if (option.refuse === undefined) return ok(option);
  const full = option.long[0] !== undefined && `--${option.long[0]}` !== spelled ? ` (\`--${option.long[0]}\`)` : "";
  const message = `option \`${spelled}\`${full} of \`${utility.grammar.name}\` is not allowed: it ${option.refuse}`;
  return refusal("refused-option", argument, message, option.hint ?? "leave the option out");
};

const unknownOption = (utility: Utility, spelled: string, argument: number) => {
  const { name } = utility.grammar;
  const message = `\`${name}\` has no option \`${spelled}\``;
  const near = spelled.startsWith("--") ? nearest(spelled.slice(2), allowedNames(utility)) : [];
  if (near.length > 0)
    return refusal("unknown-option", argument, message, `did you mean ${near.map((n) => `\`--${n}\``).join(" or ")}?`);
  return refusal("unknown-option", argument, message, `options are: ${optionList(utility)}`);
};

const allowedNames = (utility: Utility): readonly string[] =>
  utility.longNames.filter((name) => utility.long.get(name)?.refuse === undefined);

const optionList = (utility: Utility): string =>
  utility.grammar.options
    .filter((option) => option.refuse === undefined && option.long[0] !== "help" && option.long[0] !== "version")
    .map((option) => (option.short[0] === undefined ? `--${option.long[0]}` : `-${option.short[0]}`))
    .join(" ");
