import { ok, type Result } from "../language/result.js";
import { findExactOption, findShortOption } from "./find-option.js";
import type { Reading, ReadOperand, ReadOption } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOption } from "./utility-grammar.js";

type State = { readonly utility: Utility; readonly argv: readonly string[]; at: number; turned?: UtilityOption };
type Found = Result<readonly ReadOption[], UtilityRefusal>;

/**
 * Reads argv as jq 1.6 and 1.7 do (src/main.c): no abbreviations, no `=`, values are the next words whatever they look like,
 * a letter at most once in a bundle, and `-` before anything but a letter or `-` begins an operand.
 */
export const readExact = (utility: Utility, argv: readonly string[]): Result<Reading, UtilityRefusal> => {
  const options: ReadOption[] = [];
  const operands: ReadOperand[] = [];
  const state: State = { utility, argv, at: 1 };
  for (; state.at < argv.length; state.at += 1) {
    const word = argv[state.at] ?? "";
    if (word === "--") return readRest(state, options, operands);
    if (!/^-[-a-zA-Z]/.test(word)) {
      operands.push({ text: word, argument: state.at, ...(state.turned && { turnedBy: state.turned }) });
      continue;
    }
    const found = word.startsWith("--") ? readLong(state, word.slice(2)) : readLetters(state, word.slice(1));
    if (!found.ok) return found;
    options.push(...found.value);
  }
  return ok({ options, operands });
};

// jq 1.6 reads words after `--` as files even behind `--args`, 1.7 does not; before the filter 1.6 refuses `--`.
const readRest = (
  state: State,
  options: readonly ReadOption[],
  operands: readonly ReadOperand[],
): Result<Reading, UtilityRefusal> => {
  if (state.turned) {
    const message = `\`--\` behind \`--${state.turned.long[0]}\` means different things in different versions of \`${state.utility.grammar.name}\``;
    return refusal("misplaced-terminator", state.at, message, "leave `--` out");
  }
  const rest = state.argv.slice(state.at + 1).map((text, index) => ({ text, argument: state.at + 1 + index }));
  return ok({ options, operands: [...operands, ...rest] });
};

const readLong = (state: State, name: string): Found => {
  const equals = name.indexOf("=");
  if (equals !== -1 && state.utility.long.has(name.slice(0, equals)))
    return equalsSign(state, name.slice(0, equals), name.slice(equals + 1));
  const option = findExactOption(state.utility, name, state.at);
  if (!option.ok) return option;
  if (option.value.turns) state.turned = option.value;
  return withValues(state, option.value, `--${name}`);
};

const equalsSign = (state: State, name: string, value: string) => {
  const message = `\`${state.utility.grammar.name}\` does not take \`=\` in \`--${name}=${value}\``;
  return refusal("unexpected-value", state.at, message, `write \`--${name}\` and its value as separate words`);
};

const readLetters = (state: State, letters: string): Found => {
  const found: ReadOption[] = [];
  for (const letter of letters) {
    const option = findShortOption(state.utility, letter, state.at);
    if (!option.ok) return option;
    if (found.some((earlier) => earlier.option === option.value)) {
      return refusal(
        "repeated-option",
        state.at,
        `\`-${letter}\` stands twice in \`-${letters}\``,
        "write each letter once",
      );
    }
    found.push({ option: option.value, spelled: `-${letter}`, values: [], argument: state.at });
  }
  return ok(found);
};

const withValues = (state: State, option: UtilityOption, spelled: string): Found => {
  const argument = state.at;
  const values = option.values.map((_, index) => ({
    text: state.argv[argument + 1 + index],
    argument: argument + 1 + index,
  }));
  const given = values.flatMap(({ text, argument: at }) => (text === undefined ? [] : [{ text, argument: at }]));
  if (given.length < values.length) {
    const message = `option \`${spelled}\` of \`${state.utility.grammar.name}\` needs ${values.length === 1 ? "a value" : `${values.length} values`}`;
    return refusal(
      "missing-value",
      argument,
      message,
      `write ${values.length === 1 ? "the value" : "the values"} after \`${spelled}\``,
    );
  }
  state.at += values.length;
  return ok([{ option, spelled, values: given, argument }]);
};
