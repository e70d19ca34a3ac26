/** Where a value stands in a text, without its quotes; UTF-16 offsets. */
export type Stretch = { readonly start: number; readonly end: number };

/** A value, and how it stands to its name: in quotes or markup, without quotes, or in the next field, column or cell. */
export type Found = Stretch & { readonly place: "field" | "bare" | "beside" };

/** A quote as it is written inside as many JSON strings as there are before it: `"`, `\"`, `\\\"` and so on, or `'`. */
export type Quote = { readonly mark: string; readonly depth: number; readonly end: number };

/** The quote that stands at this place. */
export const quoteAt = (text: string, at: number): Quote | undefined => {
  let end = at;
  while (text[end] === "\\" && end - at < 64) end++;
  const mark = text[end];
  if (mark !== '"' && mark !== "'") return undefined;
  return { mark, depth: depthOf(end - at), end: end + 1 };
};

/**
 * The value behind an opening quote, up to the quote that closes it or a string around it. What is cut off ends with the
 * text; a line ends it too, unless the next one is indented or blank, as YAML folds long strings. Linear in what it reads.
 */
const readQuoted = (text: string, { mark, depth, end: start }: Quote): Stretch => {
  let backslashes = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") {
      backslashes++;
      continue;
    }
    if (mark === "'" && character === "'") {
      // YAML doubles the quotes of the value.
      if (text[at + 1] !== "'") return { start, end: at };
      at++;
    }
    const found = depthOf(backslashes);
    if (mark === '"' && character === '"' && found <= depth) return { start, end: at - (2 ** found - 1) };
    if (character === "\n" && !/[\n\r\t ]/.test(text[at + 1] ?? "")) return { start, end: at };
    backslashes = 0;
  }
  return { start, end: text.length };
};

/**
 * How many strings a quote behind so many backslashes is inside of. Each string doubles the backslashes before it and adds
 * one for the quote itself, and a pair is a backslash of the value: so it is the number of ones that end the count in binary.
 */
const depthOf = (backslashes: number): number => Math.clz32((~backslashes & -~backslashes) >>> 0) ^ 31;

/** The value at this place without quotes: one word, which a separator of lists, queries and connection strings ends. */
export const readWord = (text: string, at: number): Stretch => stretchOf(WORD, text, at);

const WORD = /(?:[^\s;&"'`<>|,\\\]}]|[\]}](?![\s\],}]|$)|,(?!\s|$|[A-Za-z_][\w.-]{0,64}[=:])|\\(?!["'nrtu\\]))*/y;

/** The value at this place as the rest of a line of an environment file has it: to the first blank. */
export const readAssigned = (text: string, at: number): Stretch => stretchOf(ASSIGNED, text, at);

const ASSIGNED = /(?:(?![;&,][A-Za-z_][\w .-]{0,64}=)[^\s`])*/y;

/** The value at this place as an option of a command has it, that is not quoted. */
export const readArgument = (text: string, at: number): Stretch => stretchOf(ARGUMENT, text, at);

const ARGUMENT = /(?:[^\s"'`\\]|\\(?!["'nrtu\\]))*/y;

/** The rest of the line, without the blanks at its end. */
export const readLine = (text: string, at: number): Stretch => {
  const newline = text.indexOf("\n", at);
  const end = newline < 0 ? text.length : newline;
  return { start: at, end: at + text.slice(at, end).trimEnd().length };
};

/** The cell of a table that begins here and is the last of its line, without the blanks around it. */
export const readLastCell = (text: string, at: number): Stretch | undefined => {
  const line = readLine(text, at);
  const whole = text.slice(at, line.end);
  const cell = whole.replace(/\|+$/, "");
  const start = at + cell.length - cell.trimStart().length;
  return /\s\|\s/.test(cell) ? undefined : { start, end: Math.max(start, at + cell.trimEnd().length) };
};

/** The cell of a row of text or of a table that begins here. */
export const readCell = (text: string, at: number): Stretch => {
  const { end } = stretchOf(CELL, text, at);
  return { start: at, end: at + text.slice(at, end).trimEnd().length };
};

const CELL = /[^|\t\n]*/y;

const stretchOf = (word: RegExp, text: string, start: number): Stretch => {
  word.lastIndex = start;
  return { start, end: start + (word.exec(text)?.[0].length ?? 0) };
};

/** The value in quotes at this place, if there is one. */
export const quoted = (text: string, at: number | undefined, place: Found["place"]): Found | undefined => {
  const opening = at === undefined ? undefined : quoteAt(text, at);
  return opening === undefined ? undefined : { ...readInside(text, opening), place };
};

/** The value in quotes at this place that stand inside of as many strings as the quotes of its name. */
export const quotedAlike = (
  text: string,
  at: number | undefined,
  name: Quote,
  place: Found["place"],
): Found | undefined =>
  at !== undefined && quoteAt(text, at)?.depth === name.depth ? quoted(text, at, place) : undefined;

/** The value in quotes at this place, if the quote begins one: it may end what a name stands in, as in `["password="]`. */
export const quotedHere = (text: string, at: number, place: Found["place"]): Found | "closed" | undefined => {
  const value = quoted(text, at, place);
  return value !== undefined && /[\s\]},:]/.test(text[value.start] ?? " ") ? "closed" : value;
};

/** The value behind an opening quote; if the text is JSON, within the string it stands in: single quotes mean nothing there. */
export const readInside = (text: string, opening: Quote): Stretch => {
  const { start, end } = readQuoted(text, opening);
  const inside =
    opening.mark === "'" && DOCUMENT.test(text) ? /^[^"]*?(?=\\*")/.exec(text.slice(start, end))?.[0] : undefined;
  return { start, end: inside === undefined ? end : start + inside.length };
};

const DOCUMENT = /^\s*[[{"]/;

/** The place behind what stands here, or nothing where something else does; `what` is sticky. */
export const skip = (what: RegExp, text: string, at: number): number | undefined => {
  what.lastIndex = at;
  return what.test(text) ? what.lastIndex : undefined;
};

/** The line before this place, unless it is long. */
export const lineBefore = (text: string, at: number): string | undefined => {
  const from = Math.max(0, at - LONGEST_BEFORE);
  const before = text.slice(from, at);
  const newline = before.lastIndexOf("\n");
  return newline < 0 && from > 0 ? undefined : before.slice(newline + 1);
};

const LONGEST_BEFORE = 256;
