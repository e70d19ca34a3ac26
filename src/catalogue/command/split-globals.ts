import { err, ok, type Result } from "../../language/result.js";
import type { OptionTable } from "../service-table.js";
import type { AwsRefusal, AwsWord, GivenOption } from "./command.js";
import { resolveName } from "./resolve-name.js";
import { dashedWord, isValueWord } from "./words.js";

/** The global options of a stage, and the words that are left for the service's own parser, in order. */
export type Split = { readonly globals: readonly GivenOption[]; readonly rest: readonly AwsWord[] };

/**
 * Does what the CLI's first parser does: it knows the global options alone and takes them, and any unambiguous
 * beginning of their names, out of every place (awscli/argparser.py, MainArgParser). What it leaves is joined: words
 * before and after a global option become neighbours.
 *
 * Problems: `aws-option-ambiguous`, `aws-option-value`, `aws-option-repeated`.
 */
export const splitGlobals = (
  globals: ReadonlyMap<string, OptionTable>,
  words: readonly AwsWord[],
): Result<Split, AwsRefusal> => {
  const given: GivenOption[] = [];
  const rest: AwsWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const dashed = dashedWord(word.text);
    const found = dashed === undefined ? ok(undefined) : resolveName(globals, dashed.name, word);
    if (!found.ok) return found;
    if (found.value === undefined || dashed === undefined) {
      rest.push(word);
      continue;
    }
    const taken = takeValue(found.value, dashed.inline, word, words[at + 1]);
    if (!taken.ok) return taken;
    if (given.some(({ option }) => option === found.value)) return err(repeated(found.value.name, word));
    given.push({ option: found.value, argument: word.argument, words: taken.value });
    if (dashed.inline === undefined) at += taken.value.length;
  }
  return ok({ globals: given, rest });
};

const takeValue = (
  option: OptionTable,
  inline: string | undefined,
  word: AwsWord,
  next: AwsWord | undefined,
): Result<readonly AwsWord[], AwsRefusal> => {
  if (option.words === 0) return inline === undefined ? ok([]) : err(flagWithValue(option.name, word));
  if (inline !== undefined) return ok([{ text: inline, argument: word.argument }]);
  return next === undefined || !isValueWord(next.text) ? err(missingValue(option.name, word)) : ok([next]);
};

/** An option that is given twice; the CLI would quietly take the last one. */
export const repeated = (name: string, { argument }: AwsWord): AwsRefusal => ({
  code: "aws-option-repeated",
  message: `\`--${name}\` is given twice, and the AWS CLI would quietly take the last one`,
  hint: `keep one \`--${name}\``,
  argument,
});

/** A flag with a value after its sign. */
export const flagWithValue = (name: string, { argument }: AwsWord): AwsRefusal => ({
  code: "aws-option-value",
  message: `\`--${name}\` is a flag and takes no value`,
  hint: `write \`--${name}\` alone`,
  argument,
});

/** An option whose value is missing. */
export const missingValue = (name: string, { argument }: AwsWord): AwsRefusal => ({
  code: "aws-option-value",
  message: `\`--${name}\` needs a value`,
  hint: `write \`--${name} VALUE\`, or \`--${name}=VALUE\` when the value begins with a hyphen`,
  argument,
});
