import { DOLLAR } from "./char-codes.js";
import { refuseDollar } from "./dollar.js";
import { isJoin, skipJoins } from "./join.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
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

// Beyond ASCII nothing is special: U+00A0 or U+3000 are no blanks here, as they are none to dash.
const isPlain = (code: number): boolean => code >= 0x80 || special[code] === false;

// bare = character - ( blank | newline | "\" | quote | "'" | "`" | "$" | "#" | operator ) ;
/** A run of literal characters, with the continuations inside it taken out. */
export const lexBare = (text: string, start: number): Result<Piece, Problem> => {
  let value = "";
  let chunk = start;
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isPlain(code)) at++;
    else if (code === DOLLAR) {
      const problem = refuseDollar(text, at, "bare");
      if (problem !== undefined) return err(problem);
      at++;
    } else if (isJoin(text, at)) {
      const next = skipJoins(text, at);
      const goesOn = text.charCodeAt(next);
      if (!isPlain(goesOn) && goesOn !== DOLLAR) break;
      value += text.slice(chunk, at);
      chunk = next;
      at = next;
    } else break;
  }
  return ok({ kind: "bare", text: value + text.slice(chunk, at), span: span(start, at) });
};
