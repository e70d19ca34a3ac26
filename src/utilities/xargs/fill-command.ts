import type { Span } from "../../language/span.js";
import type { Argument } from "../../plan/plan.js";
import type { XargsCall } from "./xargs-call.js";

/**
 * The argument vector of one run: with `-I` its item stands in each place of every word but the first, otherwise the items
 * stand behind the words. What came from elsewhere, items and output of other commands, is marked as `expanded`, be it
 * empty. Neither an item nor such output is searched for places: what it holds is data, also where GNU would find one.
 *
 * @param command the words of `commandOf`
 * @param items those of one run of `itemsOf`
 */
export const fillCommand = (
  call: XargsCall,
  command: readonly [Argument, ...Argument[]],
  items: readonly string[],
): readonly [Argument, ...Argument[]] => {
  const [name, ...words] = command;
  const { replace } = call;
  if (replace !== undefined) return [name, ...words.map((word) => withItem(word, replace, items[0] ?? ""))];
  const { span } = command.at(-1) ?? name;
  return [...command, ...items.map((text) => ({ text, span, expanded: [{ start: 0, end: text.length }] }))];
};

const withItem = (word: Argument, replace: string, item: string): Argument => {
  let text = "";
  const expanded: Span[] = [];
  const add = (data: string): void => {
    expanded.push({ start: text.length, end: text.length + data.length });
    text += data;
  };
  let from = 0;
  const addWritten = (end: number): void => {
    for (const [index, part] of word.text.slice(from, end).split(replace).entries()) {
      if (index > 0) add(item);
      text += part;
    }
  };
  for (const { start, end } of word.expanded ?? []) {
    addWritten(start);
    add(word.text.slice(start, end));
    from = end;
  }
  addWritten(word.text.length);
  return expanded.length === 0 ? word : { ...word, text, expanded };
};
