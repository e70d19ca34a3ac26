import { planText, type Target } from "../../../check.js";
import { quoteArgv } from "../../../language/quote.js";
import { isUnknown, withUnknownShown } from "../../../plan/unknown.js";
import type { RuleBook } from "../../../policy/rule-book.js";
import { type LooseWord, looseCommands } from "./loose-commands.js";
import { maskWords } from "./mask-words.js";
import type { Masks } from "./masks.js";

/** What a text is read with. */
export type AskedBook = Pick<RuleBook, "catalogue" | "profiles" | "regions">;

/**
 * A text as it was sent, with the words that hold secrets written anew and masked; the rest is byte for byte what was sent.
 * A text that can't be read is taken apart as far as it goes.
 */
export const maskAsked = (text: string, book: AskedBook, target: Target | undefined, masks: Masks): string => {
  const plan = planText(text, book, target);
  const kind = plan.ok ? "program" : "data";
  const commands: readonly (readonly LooseWord[])[] = plan.ok
    ? plan.value.stages.map((stage) => stage.arguments.map(({ text: word, span }) => ({ text: word, ...span })))
    : looseCommands(text);
  const changed = commands.flatMap((words) => {
    const given = words.map((word) => word.text);
    const shown = maskWords(given, book.catalogue, masks, kind);
    return words.flatMap((word, at) => (shown[at] === given[at] ? [] : [{ ...word, text: shown[at] ?? "" }]));
  });
  return replaced(text, changed);
};

// The words of a command substitution stand inside of a word.
const replaced = (text: string, words: readonly LooseWord[]): string => {
  let shown = "";
  let at = 0;
  for (const { start, end, text: word } of words.toSorted(
    (one, other) => one.start - other.start || other.end - one.end,
  )) {
    if (start < at) continue;
    shown += text.slice(at, start) + quoted(word);
    at = end;
  }
  return shown + text.slice(at);
};

// An asterisk is no pattern in this language.
const quoted = (word: string): string => {
  const text = isUnknown(word) ? withUnknownShown(word) : word;
  return /^[\w@%+=:,./*-]+$/.test(text) ? text : quoteArgv([text]);
};
