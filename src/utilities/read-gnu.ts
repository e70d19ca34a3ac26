import { ok, type Result } from "../language/result.js";
import { findLongOption, findShortOption } from "./find-option.js";
import type { Reading, ReadOperand, ReadOption, Slice } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOption } from "./utility-grammar.js";

type Cursor = { readonly utility: Utility; readonly argv: readonly string[]; at: number };
type Found = Result<readonly ReadOption[], UtilityRefusal>;

/** Reads argv as getopt_long(3) does: permutation, unique abbreviations, bundles, `-n5`, `-n 5`, `--x=y`, `--x y`, `--`, `-NUM`. */
export const readGnu = (utility: Utility, argv: readonly string[]): Result<Reading, UtilityRefusal> => {
  const options: ReadOption[] = [];
  const operands: ReadOperand[] = [];
  const cursor: Cursor = { utility, argv, at: 1 };
  for (; cursor.at < argv.length; cursor.at += 1) {
    const word = argv[cursor.at] ?? "";
    const settled = (utility.grammar.strictOrder && operands.length > 0) || isNegative(utility, word);
    if (settled || word === "-" || !word.startsWith("-")) {
      operands.push({ text: word, argument: cursor.at });
    } else if (word === "--") {
      operands.push(...operandsFrom(argv, cursor.at + 1));
      break;
    } else {
      const found = word.startsWith("--") ? readLong(cursor, word.slice(2)) : readBundle(cursor, word);
      if (!found.ok) return found;
      options.push(...found.value);
    }
  }
  return placedNumber(utility, argv, { options, operands });
};

const isNegative = ({ grammar }: Utility, word: string): boolean => grammar.negatives && /^-[.\d]/.test(word);

const operandsFrom = (argv: readonly string[], start: number): readonly ReadOperand[] =>
  argv.slice(start).map((text, index) => ({ text, argument: start + index }));

const readLong = (cursor: Cursor, text: string): Found => {
  const argument = cursor.at;
  const equals = text.indexOf("=");
  const name = equals === -1 ? text : text.slice(0, equals);
  const option = findLongOption(cursor.utility, name, argument);
  if (!option.ok) return option;
  const spelled = `--${name}`;
  const attached = equals === -1 ? undefined : { text: text.slice(equals + 1), argument };
  if (option.value.values.length === 0 && attached) {
    const message = `option \`${spelled}\` of \`${cursor.utility.grammar.name}\` takes no value`;
    return refusal("unexpected-value", argument, message, `write \`${spelled}\``);
  }
  return withValue(cursor, option.value, spelled, attached);
};

const readBundle = (cursor: Cursor, word: string): Found => {
  const argument = cursor.at;
  const found: ReadOption[] = [];
  for (let index = 1; index < word.length; ) {
    const number = readNumber(cursor, word.slice(index));
    const letter = String.fromCodePoint(word.codePointAt(index) ?? 0);
    const option = number ? ok(number.option) : findShortOption(cursor.utility, letter, argument);
    if (!option.ok) return option;
    if (!number && option.value.values.length > 0) {
      const rest = word.slice(index + letter.length);
      const last = withValue(cursor, option.value, `-${letter}`, rest === "" ? undefined : { text: rest, argument });
      return last.ok ? ok([...found, ...last.value]) : last;
    }
    found.push(number ?? { option: option.value, spelled: `-${letter}`, values: [], argument });
    index += number ? number.spelled.length - 1 : letter.length;
  }
  return ok(found);
};

/** The digits that a bundle goes on with, where they are an option's value: `-5`, and in grep also `-i5`. */
const readNumber = ({ utility, at: argument }: Cursor, rest: string): ReadOption | undefined => {
  const digits = utility.number && /^\d+/.exec(rest)?.[0];
  return utility.number && digits
    ? { option: utility.number, spelled: `-${digits}`, values: [{ text: digits, argument }], argument }
    : undefined;
};

const withValue = (cursor: Cursor, option: UtilityOption, spelled: string, attached: Slice | undefined): Found => {
  const argument = cursor.at;
  const without = { option, spelled, values: [], argument };
  if (attached) return ok([{ ...without, values: [attached] }]);
  if (option.values.length === 0 || option.optional) return ok([without]);
  const text = cursor.argv[cursor.at + 1];
  if (text === undefined) {
    const message = `option \`${spelled}\` of \`${cursor.utility.grammar.name}\` needs a value`;
    return refusal("missing-value", argument, message, `write the value after \`${spelled}\``);
  }
  cursor.at += 1;
  return ok([{ ...without, values: [{ text, argument: cursor.at }] }]);
};

/** head takes `-5` only as its first word, tail only beside one operand; given twice, utilities differ. */
const placedNumber = (utility: Utility, argv: readonly string[], reading: Reading): Result<Reading, UtilityRefusal> => {
  const [number, second] = reading.options.filter(({ spelled }) => /^-\d/.test(spelled));
  if (!number || !utility.grammar.number) return ok(reading);
  const { place, option } = utility.grammar.number;
  const alone = argv[number.argument] === number.spelled && number.argument === 1;
  const fits = {
    anywhere: !second,
    // strings lets `-5` win over `-n 6` behind it, head the last.
    first: alone && reading.options.filter(({ option: each }) => each === number.option).length === 1,
    // `-5 -- FILE`, but not `-5 FILE --` (tail.c, parse_obsolete_option).
    alone: alone && reading.options.length === 1 && (argv.length <= 3 || (argv.length === 4 && argv[2] === "--")),
  }[place];
  if (fits) return ok(reading);
  const hint = `write \`--${option}=${number.spelled.slice(1)}\``;
  return refusal(
    "misplaced-number",
    (second ?? number).argument,
    `\`${number.spelled}\` cannot stand here in \`${utility.grammar.name}\``,
    hint,
  );
};
