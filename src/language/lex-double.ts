import { refuseBacktick } from "./backtick.js";
import { BACKSLASH, BACKTICK, DOLLAR, DOUBLE_QUOTE, NEWLINE } from "./char-codes.js";
import { refuseDollar } from "./dollar.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import { span } from "./span.js";
import type { Piece } from "./syntax.js";

// double = quote , { plain | escape | dollar | "$" , spaced } , [ "$" ] , quote ;
/** Between double quotes a backslash escapes only `$`, a backtick, `"`, itself and a newline; elsewhere it stays. */
export const lexDouble = (text: string, start: number): Result<Piece, Problem> => {
  let value = "";
  let chunk = start + 1;
  let at = chunk;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE) break;
    if (Number.isNaN(code)) return err(unclosedDoubleQuote(start));
    if (code === BACKTICK) return err(refuseBacktick(at));
    if (code === DOLLAR) {
      const problem = refuseDollar(text, at, "double");
      if (problem !== undefined) return err(problem);
    }
    if (code === BACKSLASH && isEscapable(text.charCodeAt(at + 1))) {
      value += text.slice(chunk, at);
      // A continuation leaves nothing behind, every other escape its second character.
      chunk = text.charCodeAt(at + 1) === NEWLINE ? at + 2 : at + 1;
      at += 2;
    } else at++;
  }
  return ok({ kind: "double", text: value + text.slice(chunk, at), span: span(start, at + 1) });
};

// escape = "\" , character ;
const isEscapable = (code: number): boolean =>
  code === DOLLAR || code === BACKTICK || code === DOUBLE_QUOTE || code === BACKSLASH || code === NEWLINE;

const unclosedDoubleQuote = (at: number): Problem => ({
  code: "unclosed-double-quote",
  message: "the double quote that opens here is never closed",
  hint: 'close it; for a literal double quote write `echo \'"\'` or `echo "\\""`',
  span: span(at, at + 1),
});
