import { err, ok, type Result } from "../../language/result.js";
import type { XargsCall } from "./xargs-call.js";
import { nulCharacter, quoteUnmatched, type XargsProblem } from "./xargs-problem.js";

/** One item of the input. */
export type Item = {
  readonly text: string;
  /** It is the last of a line that `-L` counts. */
  readonly endsLine: boolean;
};

/**
 * Divides an input into items as GNU findutils 4.9 does (xargs.c, `read_line` and `read_string`), in linear time. Its
 * manual does not say that a backslash at the input's very end is dropped there, nor that an empty item `''` is.
 *
 * Problems: `xargs-quote`; `xargs-nul`, since no argument can hold one (GNU cuts the item there).
 */
export const readItems = (separator: XargsCall["separator"], input: string): Result<readonly Item[], XargsProblem> => {
  if (input.includes("\0") && !(separator.kind === "character" && separator.character === "\0"))
    return err(nulCharacter);
  switch (separator.kind) {
    case "words":
      return quotedItems(input, WORD_PIECE);
    case "lines":
      return quotedItems(input, LINE_PIECE);
    case "character":
      return ok(endedItems(input, separator.character));
  }
};

/** Each item ends with the character; at the input's end it may be missing. */
const endedItems = (input: string, character: string): readonly Item[] => {
  const texts = input.split(character);
  const last = texts.pop() ?? "";
  const items = texts.map((text) => ({ text, endsLine: true }));
  return last === "" ? items : [...items, { text: last, endsLine: false }];
};

/** What stands between items; a vertical tab, form feed or carriage return only at the beginning of one. */
const BEFORE = /[ \t\n\v\f\r]*/y;

/** A part of an item: a character behind a backslash, a quotation, or plain text. */
const WORD_PIECE = /\\(.?)|'([^'\n]*)'|"([^"\n]*)"|([^\\'"\n \t]+)/sy;

/** The same of an item that is a line, of which blanks are parts. */
const LINE_PIECE = /\\(.?)|'([^'\n]*)'|"([^"\n]*)"|([^\\'"\n]+)/sy;

const quotedItems = (input: string, piece: RegExp): Result<readonly Item[], XargsProblem> => {
  const items: Item[] = [];
  for (let at = skip(input, 0); at < input.length; at = skip(input, at)) {
    const { text, end } = readItem(input, at, piece);
    const next = input[end];
    if (next === "'" || next === '"') return err(quoteUnmatched(next, input.slice(0, end).split("\n").length));
    if (next === undefined && text === "") break;
    items.push({ text, endsLine: next === "\n" && !/[ \t]/.test(input[end - 1] ?? "") });
    at = end;
  }
  return ok(items);
};

const skip = (input: string, from: number): number => {
  BEFORE.lastIndex = from;
  return from + (BEFORE.exec(input)?.[0].length ?? 0);
};

const readItem = (input: string, from: number, piece: RegExp): { readonly text: string; readonly end: number } => {
  let text = "";
  piece.lastIndex = from;
  let end = from;
  for (let found = piece.exec(input); found !== null; found = piece.exec(input)) {
    text += found[1] ?? found[2] ?? found[3] ?? found[4] ?? "";
    end = piece.lastIndex;
  }
  return { text, end };
};
