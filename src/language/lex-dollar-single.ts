import { BACKSLASH, SINGLE_QUOTE } from "./char-codes.js";
import { readEscape } from "./escape.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import { span } from "./span.js";
import type { Piece } from "./syntax.js";

// ansi = "$'" , ( { coded } - ( wrong | nul ) ) , "'" ;
/** Dollar-single-quotes (POSIX.1-2024, 2.2.4): text in which backslashes begin escapes. */
export const lexDollarSingle = (text: string, start: number): Result<Piece, Problem> => {
  let value = "";
  let chunk = start + 2;
  let at = chunk;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SINGLE_QUOTE) break;
    if (Number.isNaN(code) || (code === BACKSLASH && at + 1 === text.length)) return err(unclosed(start));
    if (code === BACKSLASH) {
      const read = readEscape(text, at);
      if (!read.ok) return read;
      value += text.slice(chunk, at) + read.value.text;
      at = read.value.end;
      chunk = at;
    } else at++;
  }
  return ok({ kind: "dollar-single", text: value + text.slice(chunk, at), span: span(start, at + 1) });
};

const unclosed = (at: number): Problem => ({
  code: "unclosed-single-quote",
  message: "the single quote that opens here is never closed",
  hint: "close it; between these quotes a backslash escapes an apostrophe: `echo $'it\\'s'`",
  span: span(at, at + 2),
});
