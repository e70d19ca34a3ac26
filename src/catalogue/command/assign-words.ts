import { err, ok, type Result } from "../../language/result.js";
import type { OperationTable, OptionTable } from "../service-table.js";
import type { AwsRefusal, AwsWord, GivenOperand, GivenOption } from "./command.js";
import { resolveName, unknownOption } from "./resolve-name.js";
import { flagWithValue, missingValue, repeated } from "./split-globals.js";
import { dashedWord, isValueWord, unclearWord } from "./words.js";

/** The operation's options and operands. */
export type Assigned = { readonly options: readonly GivenOption[]; readonly operands: readonly GivenOperand[] };

/**
 * Does what the operation's own parser does: each option takes the words that its number of values says, a list
 * everything up to the next option, and what is left over fills the operands in order.
 *
 * @param what the command in backticks, for messages
 *
 * Problems: `aws-option-unknown`, `aws-option-ambiguous`, `aws-option-repeated`, `aws-option-value`, `aws-word-unclear`,
 * `aws-operand-extra`, `aws-operand-missing`.
 */
export const assignWords = (
  table: OperationTable,
  words: readonly AwsWord[],
  what: string,
): Result<Assigned, AwsRefusal> => {
  const options: GivenOption[] = [];
  const loose: AwsWord[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at];
    if (word === undefined) break;
    if (isValueWord(word.text)) {
      loose.push(word);
      at += 1;
      continue;
    }
    const given = readOption(table, words, at, what);
    if (!given.ok) return given;
    const clash = clashOf(options, given.value, word);
    if (clash !== undefined) return err(clash);
    options.push(given.value);
    at += 1 + (dashedWord(word.text)?.inline === undefined ? given.value.words.length : 0);
  }
  const operands = fillSlots(table, loose, what);
  return operands.ok ? ok({ options, operands: operands.value }) : operands;
};

const readOption = (
  table: OperationTable,
  words: readonly AwsWord[],
  at: number,
  what: string,
): Result<GivenOption, AwsRefusal> => {
  const word = words[at] ?? { text: "", argument: 0 };
  const dashed = dashedWord(word.text);
  if (dashed === undefined) return err(unclearWord(word));
  const found = resolveName(table.options, dashed.name, word);
  if (!found.ok) return found;
  if (found.value === undefined) return err(unknownOption(dashed.name, table.options.keys(), what, word));
  const taken =
    dashed.inline === undefined
      ? following(found.value, words, at, word)
      : inlineValue(found.value, dashed.inline, word);
  return taken.ok ? ok({ option: found.value, argument: word.argument, words: taken.value }) : taken;
};

const inlineValue = (option: OptionTable, text: string, word: AwsWord): Result<readonly AwsWord[], AwsRefusal> => {
  if (option.words === 0) return err(flagWithValue(option.name, word));
  return typeof option.words === "number" && option.words > 1
    ? err(missingValue(option.name, word))
    : ok([{ text, argument: word.argument }]);
};

const following = (
  option: OptionTable,
  words: readonly AwsWord[],
  at: number,
  word: AwsWord,
): Result<readonly AwsWord[], AwsRefusal> => {
  const most = typeof option.words === "number" ? option.words : option.words === "?" ? 1 : Number.POSITIVE_INFINITY;
  const taken: AwsWord[] = [];
  for (
    let next = words[at + 1];
    next !== undefined && taken.length < most && isValueWord(next.text);
    next = words[at + 1 + taken.length]
  )
    taken.push(next);
  const least = typeof option.words === "number" ? option.words : option.words === "+" ? 1 : 0;
  return taken.length < least ? err(missingValue(option.name, word)) : ok(taken);
};

// The CLI lets the last of two win; `--x` with `--no-x` is the same thing said twice.
const clashOf = (options: readonly GivenOption[], given: GivenOption, word: AwsWord): AwsRefusal | undefined => {
  const { name, twin, appends } = given.option;
  if (!appends && options.some(({ option }) => option.name === name)) return repeated(name, word);
  if (twin === undefined || !options.some(({ option }) => option.name === twin)) return undefined;
  return {
    code: "aws-option-repeated",
    message: `\`--${name}\` and \`--${twin}\` contradict each other, and the AWS CLI would quietly take the last one`,
    hint: `keep one of them`,
    argument: word.argument,
  };
};

const fillSlots = (
  table: OperationTable,
  loose: readonly AwsWord[],
  what: string,
): Result<readonly GivenOperand[], AwsRefusal> => {
  const operands: GivenOperand[] = [];
  for (const slot of table.operands) {
    const most = typeof slot.words === "number" ? slot.words : slot.words === "?" ? 1 : Number.POSITIVE_INFINITY;
    const taken = loose.slice(operands.length, operands.length + most);
    const least = typeof slot.words === "number" ? slot.words : slot.words === "+" ? 1 : 0;
    if (taken.length < least) return err(missingOperand(slot, what));
    operands.push(...taken.map((word) => ({ slot, word })));
  }
  const extra = loose[operands.length];
  return extra === undefined ? ok(operands) : err(extraOperand(extra, what));
};

const missingOperand = (slot: OptionTable, what: string): AwsRefusal => ({
  code: "aws-operand-missing",
  message: `${what} needs an operand \`${slot.name}\``,
  hint: `put it right after the operation; see \`${what.replaceAll("`", "")} help\``,
  argument: 0,
});

const extraOperand = ({ text, argument }: AwsWord, what: string): AwsRefusal => ({
  code: "aws-operand-extra",
  message: `${what} takes no operand \`${text}\``,
  hint: "give every value to an option, as in `--instance-ids i-1 i-2`",
  argument,
});
