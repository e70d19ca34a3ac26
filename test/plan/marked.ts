import type { Span } from "../../src/language/span.js";
import type { Argument } from "../../src/plan/plan.js";
import { UNKNOWN_OUTPUT } from "../../src/plan/unknown.js";

/** The arguments of a text, divided at its blanks: `i-«1»` is partly the output of other commands, of `«»` nobody knows it yet. */
export const marked = (text: string): readonly [Argument, ...Argument[]] => {
  const [first = "", ...rest] = text.match(/(?:«[^»]*»|[^ «])+/g) ?? [];
  return [markedWord(first), ...rest.map(markedWord)];
};

/** One argument in the same notation. */
export const markedWord = (written: string): Argument => {
  let text = "";
  const expanded: Span[] = [];
  for (const [, literal = "", data] of written.matchAll(/([^«]+)|«([^»]*)»/g)) {
    const part = data === "" ? UNKNOWN_OUTPUT : (data ?? "");
    if (data !== undefined) expanded.push({ start: text.length, end: text.length + part.length });
    text += literal + part;
  }
  const span = { start: 0, end: text.length };
  return expanded.length === 0 ? { text, span } : { text, span, expanded };
};
