/** A word as it may have been meant, and where it stands; offsets are UTF-16 units. */
export type LooseWord = { readonly text: string; readonly start: number; readonly end: number };

/**
 * The words of a text that nobody can run, command by command: quotes, escapes and blanks as in sh, and every operator
 * ends a command. A quote that is never closed goes on to the end. Linear in the text.
 */
export const looseCommands = (text: string): readonly (readonly LooseWord[])[] => {
  const commands: LooseWord[][] = [[]];
  let at = 0;
  while (at < text.length) {
    if (BLANK.test(text.charAt(at))) at++;
    else if (OPERATOR.test(text.charAt(at))) {
      commands.push([]);
      at++;
    } else {
      const word = readWord(text, at);
      commands.at(-1)?.push(word);
      at = word.end;
    }
  }
  return commands.filter((words) => words.length > 0);
};

const BLANK = /[ \t<>]/;
const OPERATOR = /[|&;()\n\r`]/;

const readWord = (text: string, start: number): LooseWord => {
  const parts: string[] = [];
  let at = start;
  while (at < text.length && !BLANK.test(text.charAt(at)) && !OPERATOR.test(text.charAt(at))) {
    const piece = readPiece(text, at);
    parts.push(piece.text);
    at = piece.end;
  }
  return { text: parts.join(""), start, end: at };
};

type Piece = { readonly text: string; readonly end: number };

const readPiece = (text: string, at: number): Piece => {
  const character = text.charAt(at);
  if (character === "\\") return { text: text.charAt(at + 1), end: Math.min(text.length, at + 2) };
  if (character === "'") return readQuoted(text, at + 1, "'", false);
  if (character === '"') return readQuoted(text, at + 1, '"', true);
  if (text.startsWith("$'", at)) return readQuoted(text, at + 2, "'", true);
  return { text: character, end: at + 1 };
};

const readQuoted = (text: string, start: number, quote: string, escapes: boolean): Piece => {
  const parts: string[] = [];
  let at = start;
  while (at < text.length && text.charAt(at) !== quote) {
    // Only these are escapes between double quotes.
    const isEscape = escapes && text.charAt(at) === "\\" && /["\\$`\n']/.test(text.charAt(at + 1));
    if (isEscape) at++;
    parts.push(text.charAt(at));
    at++;
  }
  return { text: parts.join(""), end: Math.min(text.length, at + 1) };
};
