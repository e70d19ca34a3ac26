import type { Value } from "../../catalogue/values/value.js";
import type { CommandText } from "./command-text.js";
import { type EntryWords, entryWords } from "./entry-words.js";

/** An entry of `safe_patterns`: an exception to `dangerous_commands` of the same file, and to nothing else. */
export type SafePattern = { readonly text: string; readonly where: string; readonly words: EntryWords };

/** Takes an entry apart. */
export const safePattern = (text: string, where: string): SafePattern => ({
  text: text.trim().replace(/\s+/g, " "),
  where,
  words: entryWords(text),
});

/** Whether an entry can except anything: it begins with `aws` and one word more. */
export const hasEffect = ({ words: { head } }: SafePattern): boolean => head[0] === "aws" && head.length > 1;

/** Whether a command is what the pattern says, by whole words from the beginning; a last word that ends in `-` is a beginning. */
export const isExcepted = (pattern: SafePattern, command: CommandText): boolean => {
  const { head, options } = pattern.words;
  return hasEffect(pattern) && holds(head, options, command);
};

const holds = (head: readonly string[], options: EntryWords["options"], command: CommandText): boolean =>
  areFirst(head, [...command.name, ...command.operands], options.length === 0) &&
  options.every(({ name, values }) =>
    command.options.some(
      (option) => option.name === name && option.isCertain && (values.length === 0 || isText(option.value, values)),
    ),
  );

const areFirst = (wanted: readonly string[], words: readonly string[], mayBegin: boolean): boolean =>
  wanted.every((word, index) => {
    const isBeginning = mayBegin && index === wanted.length - 1 && word.endsWith("-");
    return isBeginning ? words[index]?.startsWith(word) === true : words[index] === word;
  });

// An exception is what it says and nothing more: the very words.
const isText = (value: Value, words: readonly string[]): boolean => {
  const items = value.kind === "list" ? value.items : [value];
  return (
    items.length === words.length && items.every((item, index) => item.kind === "text" && item.text === words[index])
  );
};
