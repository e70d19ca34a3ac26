import { exampleWords } from "../../utilities/example-words.js";

/** An entry of `dangerous_commands` or `safe_patterns` taken apart: the words before its first option, and its options. */
export type EntryWords = {
  readonly head: readonly string[];
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
};

/** Reads an entry's words as those of a command, quotes included; blanks count where that fails. */
export const entryWords = (text: string): EntryWords => {
  const words = exampleWords(text) ?? text.split(/\s+/).filter((word) => word !== "");
  const at = words.findIndex((word) => word.startsWith("--"));
  return at < 0 ? { head: words, options: [] } : { head: words.slice(0, at), options: optionsOf(words.slice(at)) };
};

const optionsOf = (words: readonly string[]): EntryWords["options"] => {
  const options: { name: string; values: string[] }[] = [];
  for (const word of words) {
    if (!word.startsWith("--")) {
      options.at(-1)?.values.push(word);
      continue;
    }
    const sign = word.indexOf("=");
    if (sign < 0) options.push({ name: word.slice(2), values: [] });
    else options.push({ name: word.slice(2, sign), values: [word.slice(sign + 1)] });
  }
  return options;
};
