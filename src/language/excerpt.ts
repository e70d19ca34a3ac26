import type { Span } from "./span.js";
import { oneLine } from "./visible.js";

/** How much of a long line is shown before and after the start of the span, in UTF-16 code units. */
const BEFORE = 40;
const AFTER = 60;

/** The line on which the span starts, and under it a line with carets at the span. */
export const excerpt = (text: string, span: Span): string => {
  const line = lineAround(text, span.start);
  const from = wholeCharacter(text, Math.max(line.start, span.start - BEFORE));
  const to = wholeCharacter(text, Math.min(line.end, span.start + AFTER));
  const head = (from > line.start ? "…" : "") + oneLine(text.slice(from, span.start));
  const marked = oneLine(text.slice(span.start, Math.min(span.end, to)));
  const tail = oneLine(text.slice(Math.min(span.end, to), to)) + (to < line.end ? "…" : "");
  const carets = "^".repeat(Math.max(1, columns(marked)));
  return `${head}${marked}${tail}\n${" ".repeat(columns(head))}${carets}`;
};

const lineAround = (text: string, at: number): Span => {
  const before = at === 0 ? -1 : text.lastIndexOf("\n", at - 1);
  const after = text.indexOf("\n", at);
  return { start: before + 1, end: after === -1 ? text.length : after };
};

const isTrailing = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

const isLeading = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** The same place, or one earlier where it would cut a surrogate pair in two. */
const wholeCharacter = (text: string, at: number): number =>
  at > 0 && isTrailing(text.charCodeAt(at)) && isLeading(text.charCodeAt(at - 1)) ? at - 1 : at;

const columns = (text: string): number => {
  let sum = 0;
  for (const character of text) sum += columnsOf(character);
  return sum;
};

const NO_COLUMN = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const TWO_COLUMNS =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

const columnsOf = (character: string): number => {
  if (character.length === 1 && character < "\u0300") return 1;
  if (NO_COLUMN.test(character)) return 0;
  return TWO_COLUMNS.test(character) ? 2 : 1;
};
