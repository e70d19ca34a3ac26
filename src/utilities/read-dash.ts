import { ok, type Result } from "../language/result.js";
import { findShortOption } from "./find-option.js";
import type { Reading, ReadOption, Slice } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOption } from "./utility-grammar.js";

type Cursor = { readonly utility: Utility; readonly argv: readonly string[]; at: number };
type Found = Result<ReadOption, UtilityRefusal>;

/**
 * Reads argv as xxd does (src/xxd/xxd.c): options come first, one a word, behind one dash or two. xxd looks at the letter and at
 * the first characters of a full name; words that it would read in another way than they look are refused.
 */
export const readDash = (utility: Utility, argv: readonly string[]): Result<Reading, UtilityRefusal> => {
  const options: ReadOption[] = [];
  const cursor: Cursor = { utility, argv, at: 1 };
  for (; /^-./s.test(argv[cursor.at] ?? ""); cursor.at += 1) {
    const word = argv[cursor.at] ?? "";
    if (word === "--") {
      cursor.at += 1;
      break;
    }
    const found = readOption(cursor, word);
    if (!found.ok) return found;
    options.push(found.value);
  }
  const operands = argv.slice(cursor.at).map((text, index) => ({ text, argument: cursor.at + index }));
  return ok({ options, operands });
};

const readOption = (cursor: Cursor, word: string): Found => {
  const { utility, at: argument } = cursor;
  const name = word.replace(/^--?/, "");
  const full = utility.long.get(name);
  const letter = full?.short[0] ?? String.fromCodePoint(name.codePointAt(0) ?? 0);
  const option = findShortOption(utility, letter, argument);
  if (!option.ok) return option;
  const rest = full ? "" : name.slice(letter.length);
  const without = { option: option.value, spelled: word, values: [], argument };
  if (option.value.values.length === 0)
    return rest === "" || isPrefix(option.value, name) ? ok(without) : bundle(cursor, name);
  if (rest === "") return withNext(cursor, without);
  return option.value.long.some((long) => long.startsWith(name) || name.startsWith(long))
    ? unclear(cursor, option.value)
    : ok({ ...without, spelled: `-${letter}`, values: [{ text: rest, argument }] });
};

const isPrefix = ({ long }: UtilityOption, name: string): boolean => long.some((each) => each.startsWith(name));

const withNext = (cursor: Cursor, without: Omit<ReadOption, "values">): Found => {
  const text = cursor.argv[cursor.at + 1];
  if (text === undefined) {
    const { utility, at } = cursor;
    const message = `option \`${without.spelled}\` of \`${utility.grammar.name}\` needs a value`;
    return refusal("missing-value", at, message, `write the value after \`${without.spelled}\``);
  }
  cursor.at += 1;
  const value: Slice = { text, argument: cursor.at };
  return ok({ ...without, values: [value] });
};

const bundle = ({ utility, argv, at }: Cursor, name: string) => {
  const letters = [...name].every((letter) => utility.short.get(letter)?.values.length === 0) ? [...name] : [name[0]];
  const message = `\`${utility.grammar.name}\` reads only the first letter of \`${argv[at]}\``;
  return refusal("bundled-option", at, message, `write \`${letters.map((letter) => `-${letter}`).join(" ")}\``);
};

const unclear = ({ utility, argv, at }: Cursor, { short }: UtilityOption) => {
  const message = `\`${utility.grammar.name}\` does not read \`${argv[at]}\` as a full name, nor as a letter with its value`;
  return refusal("unclear-option", at, message, `write \`-${short[0]}\` and its value as two words`);
};
