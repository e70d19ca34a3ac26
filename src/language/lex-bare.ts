import { DOLLAR } from "./char-codes.js";
import { isLiteralDollar } from "./dollar.js";
import { isJoin, skipJoins } from "./join.js";
import { span } from "./span.js";
import type { Piece } from "./syntax.js";

const ENDS_WORD = " \t\n|&;<>()";
const QUOTES = "\\'\"`";

const asciiTable = (members: string): readonly boolean[] =>
  Array.from({ length: 0x80 }, (_, code) => members.includes(String.fromCharCode(code)));

const ending = asciiTable(ENDS_WORD);
const special = asciiTable(`${ENDS_WORD}${QUOTES}$`);

/** Is the word over before this code unit (`NaN` after the last one)? */
export const endsWord = (code: number): boolean => Number.isNaN(code) || ending[code] === true;

// bare = character - ( blank | newline | "\" | quote | "'" | "`" | "$" | "#" | operator ) ;
/** A run of literal characters, with the continuations inside it taken out. */
export const lexBare = (text: string, start: number): Piece => {
  let value = "";
  let chunk = start;
  let at = start;
  for (;;) {
    if (isPlain(text, at)) at++;
    else {
      const next = isJoin(text, at) ? skipJoins(text, at) : at;
      if (next === at || !isPlain(text, next)) break;
      value += text.slice(chunk, at);
      chunk = next;
      at = next;
    }
  }
  return { kind: "bare", text: value + text.slice(chunk, at), span: span(start, at) };
};

// Beyond ASCII nothing is special: U+00A0 or U+3000 are no blanks here, as they are none to dash.
const isPlain = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  if (code === DOLLAR) return isLiteralDollar(text, at, "bare");
  return code >= 0x80 || special[code] === false;
};
