/** The part of a text that is commands, in UTF-16 code units, and for people what around it was left out. */
export type Stripped = { readonly start: number; readonly end: number; readonly notes: readonly string[] };

/**
 * Leaves out what models and documentation put around a command: blanks and newlines, one Markdown fence, one prompt.
 * A text that has none of them comes back whole. Linear in the text.
 */
export const strip = (text: string): Stripped => {
  const inside = insideFence(text);
  const fence = inside === undefined ? [] : ["a Markdown fence around the command was left out"];
  const { start, end } = inside ?? { start: 0, end: text.length };
  const command = skipSpace(text, start);
  if (command >= end || text.charAt(command) !== "$" || !" \t".includes(text.charAt(command + 1) || "x"))
    return { start, end, notes: fence };
  return { start: command + 1, end, notes: [...fence, "the prompt `$` before the command was left out"] };
};

// fence = "```" , { blank } , { letter | digit | "-" | "_" | "." | "+" } , { blank } , newline ;
const OPENING = /[ \t\n]*```[ \t]*(?:[A-Za-z0-9_.+-]+[ \t]*)?\n/y;
const CLOSING = /\n[ \t]*```[ \t]*(?:\n|$)/g;

/** The lines between a fence and the next one, if nothing but blanks and newlines is around them. */
const insideFence = (text: string): { start: number; end: number } | undefined => {
  OPENING.lastIndex = 0;
  const start = OPENING.exec(text)?.[0].length;
  if (start === undefined) return undefined;
  // The newline that ends the opening may be the one that begins the closing.
  CLOSING.lastIndex = start - 1;
  const closing = CLOSING.exec(text);
  if (closing === null || skipSpace(text, CLOSING.lastIndex) < text.length) return undefined;
  return { start, end: Math.max(start, closing.index) };
};

const skipSpace = (text: string, start: number): number => {
  let at = start;
  while (at < text.length && " \t\n".includes(text.charAt(at))) at++;
  return at;
};
