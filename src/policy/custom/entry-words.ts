import { parse } from "../../language/parse.js";
import { plan } from "../../plan/plan.js";

/** An entry of `dangerous_commands` or `safe_patterns` taken apart: the words before its first option, and its options. */
export type EntryWords = {
  readonly head: readonly string[];
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
};

/** Reads an entry's words as those of a command, quotes included; blanks count where that fails. */
export const entryWords = (text: string): EntryWords => {
  const words = commandWords(text) ?? text.split(/\s+/).filter((word) => word !== "");
  const at = words.findIndex((word) => word.startsWith("--"));
  return at < 0 ? { head: words, options: [] } : { head: words.slice(0, at), options: optionsOf(words.slice(at)) };
};

const commandWords = (text: string): readonly string[] | undefined => {
  const parsed = parse(text);
  const planned = parsed.ok ? plan(text, parsed.value) : parsed;
  if (!planned.ok || planned.value.stages.length !== 1) return undefined;
  return planned.value.stages[0].arguments.map((argument) => argument.text);
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
