import { refuseBacktick } from "./backtick.js";
import { BACKSLASH, BACKTICK, DOLLAR, DOUBLE_QUOTE, NEWLINE } from "./char-codes.js";
import { isLiteralDollar } from "./dollar.js";
import { lexExpansion } from "./lex-expansion.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import type { Place, Source } from "./source.js";
import { span } from "./span.js";
import type { DoublePart, Piece } from "./syntax.js";

// filled = quote , ( { inner | expansion } , [ "$" ] ) - stretched , quote ;
/** What stands between double quotes: text, and what expands inside it. */
export const lexDouble = (source: Source, start: number, place: Place): Result<Piece, Problem> => {
  const { text } = source;
  const parts: DoublePart[] = [];
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE) return ok({ kind: "double", parts, span: span(start, at + 1) });
    if (Number.isNaN(code)) return err(unclosedDoubleQuote(start));
    if (code === BACKTICK) return err(refuseBacktick(text, at));
    const part = isExpansion(text, at) ? lexExpansion(source, at, place) : ok(lexText(text, at));
    if (!part.ok) return part;
    // Continuations alone leave nothing behind.
    if (part.value.kind !== "text" || part.value.text !== "") parts.push(part.value);
    at = part.value.span.end;
  }
};

const isExpansion = (text: string, at: number): boolean =>
  text.charCodeAt(at) === DOLLAR && !isLiteralDollar(text, at, "double");

// inner = plain | escape | dollar | "$" , spaced ;
/** A backslash escapes only `$`, a backtick, `"`, itself and a newline; elsewhere it stays. */
const lexText = (text: string, start: number): Extract<DoublePart, { kind: "text" }> => {
  let value = "";
  let chunk = start;
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (Number.isNaN(code) || code === DOUBLE_QUOTE || code === BACKTICK || isExpansion(text, at)) break;
    if (code === BACKSLASH && isEscapable(text.charCodeAt(at + 1))) {
      value += text.slice(chunk, at);
      // A continuation leaves nothing behind, every other escape its second character.
      chunk = text.charCodeAt(at + 1) === NEWLINE ? at + 2 : at + 1;
      at += 2;
    } else at++;
  }
  return { kind: "text", text: value + text.slice(chunk, at), span: span(start, at) };
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
