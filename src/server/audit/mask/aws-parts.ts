import { readCommand } from "../../../catalogue/command/read-command.js";
import { dashedWord } from "../../../catalogue/command/words.js";
import type { Catalogue, OperationTable, OptionTable } from "../../../catalogue/service-table.js";

/** A value by the index of its word and where it begins in it. */
export type ValueWord = { readonly at: number; readonly start: number };

/** An option as it was written, what it may mean, and the words behind it up to the next option. */
export type WrittenOption = {
  readonly name: string;
  /** Index of the word that names it. */
  readonly at: number;
  /** More than one where the name is short for more than one; none where there is no such option. */
  readonly options: readonly OptionTable[];
  readonly values: readonly ValueWord[];
};

/** The words of an aws command by what they may be to it. */
export type AwsParts = {
  readonly table: OperationTable | undefined;
  readonly written: readonly WrittenOption[];
  /** Indices of the words that belong to no option: `aws`, names, operands. */
  readonly names: readonly number[];
};

/**
 * Takes an aws command apart, also one that the CLI would not take: what is refused is written down, too. There an option
 * has all words up to the next one, since a secret may have been meant to be one word.
 *
 * @param words `aws` the first of them
 */
export const awsParts = (words: readonly string[], catalogue: Catalogue): AwsParts => {
  const table = tableOf(words, catalogue);
  const isRead = readCommand(catalogue, words).ok;
  const names: number[] = [];
  const written: (WrittenOption & { readonly values: ValueWord[] })[] = [];
  for (const [at, text] of words.entries()) {
    const dashed = dashedWord(text);
    const last = written.at(-1);
    if (dashed !== undefined) {
      const values = dashed.inline === undefined ? [] : [{ at, start: text.length - dashed.inline.length }];
      written.push({ name: dashed.name, at, options: optionsOf(dashed.name, table, catalogue), values });
    } else if (last === undefined || (isRead && isFull(last))) names.push(at);
    else last.values.push({ at, start: 0 });
  }
  return { table, written, names };
};

const isFull = ({ options, values }: WrittenOption): boolean =>
  options.every(({ words }) => typeof words === "number" && values.length >= words);

/** The options that a name may be short for, global ones too (argparse `allow_abbrev`). */
const optionsOf = (name: string, table: OperationTable | undefined, { globals }: Catalogue): readonly OptionTable[] => {
  const all = [globals, table].flatMap((each) => (each === undefined ? [] : [...each.options.values()]));
  const exact = all.filter((option) => option.name === name);
  return exact.length > 0 ? exact : all.filter((option) => option.name.startsWith(name));
};

/** The most words that an operation's name has. */
const DEEPEST = 3;

// Global options and their values may stand before the names, and between them.
const tableOf = (words: readonly string[], catalogue: Catalogue): OperationTable | undefined => {
  const names = words
    .slice(1)
    .filter((word, index, all) => !word.startsWith("-") && !isGlobalValue(all[index - 1], catalogue));
  const [service = "", ...path] = names;
  const found = catalogue.service(service);
  for (let length = DEEPEST; length >= 0; length -= 1) {
    const table = path.length < length ? undefined : found?.operation(path.slice(0, length).join(" "));
    if (table !== undefined) return table;
  }
  return undefined;
};

const isGlobalValue = (before: string | undefined, { globals }: Catalogue): boolean => {
  const dashed = before === undefined ? undefined : dashedWord(before);
  if (dashed === undefined || dashed.inline !== undefined) return false;
  return [...globals.options.values()].some(({ name, words }) => words !== 0 && name.startsWith(dashed.name));
};
