import { refuseBacktick } from "./backtick.js";
import { BACKSLASH, BACKTICK, DOLLAR, DOUBLE_QUOTE, SINGLE_QUOTE } from "./char-codes.js";
import { isLiteralDollar } from "./dollar.js";
import { refuseAssignment } from "./first-word.js";
import { skipJoins } from "./join.js";
import { endsWord, lexBare } from "./lex-bare.js";
import { lexDollarSingle } from "./lex-dollar-single.js";
import { lexDouble } from "./lex-double.js";
import { lexExpansion } from "./lex-expansion.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import type { Place, Source } from "./source.js";
import { span } from "./span.js";
import type { Piece, Word } from "./syntax.js";

// word = ( piece , { piece | "#" | join } , [ "$" ] ) - longer | "$" ;
/** The word that begins here; the caller has seen a character that begins one. */
export const lexWord = (source: Source, start: number, place: Place): Result<Word, Problem> => {
  const first = lexPiece(source, start, place);
  if (!first.ok) return first;
  const pieces: [Piece, ...Piece[]] = [first.value];
  let end = first.value.span.end;
  let at = skipJoins(source.text, end);
  while (!endsWord(source.text.charCodeAt(at))) {
    const piece = lexPiece(source, at, place);
    // What is assigned does not matter where nothing can be.
    if (!piece.ok) return err((place === "program" && refuseAssignment(pieces, span(start, end))) || piece.error);
    pieces.push(piece.value);
    end = piece.value.span.end;
    at = skipJoins(source.text, end);
  }
  return ok({ kind: "word", pieces, span: span(start, end) });
};

// piece = head | expansion | filled ;
// head = bare | dollar | escaped | single | ansi | double ;
const lexPiece = (source: Source, at: number, place: Place): Result<Piece, Problem> => {
  const { text } = source;
  switch (text.charCodeAt(at)) {
    case SINGLE_QUOTE:
      return lexSingle(text, at);
    case DOUBLE_QUOTE:
      return lexDouble(source, at, place);
    case BACKSLASH:
      return lexEscaped(text, at);
    case BACKTICK:
      return err(refuseBacktick(text, at));
    case DOLLAR:
      return lexDollar(source, at, place);
    default:
      return ok(lexBare(text, at));
  }
};

const lexDollar = (source: Source, at: number, place: Place): Result<Piece, Problem> => {
  if (isLiteralDollar(source.text, at, "bare")) return ok(lexBare(source.text, at));
  if (source.text.charCodeAt(at + 1) === SINGLE_QUOTE) return lexDollarSingle(source.text, at);
  return lexExpansion(source, at, place);
};

// escaped = "\" , ( character - newline ) ;
const lexEscaped = (text: string, at: number): Result<Piece, Problem> => {
  const code = text.codePointAt(at + 1);
  if (code === undefined) return err(trailingBackslash(at));
  const character = String.fromCodePoint(code);
  return ok({ kind: "escaped", text: character, span: span(at, at + 1 + character.length) });
};

// single = "'" , { character - "'" } , "'" ;
const lexSingle = (text: string, at: number): Result<Piece, Problem> => {
  const close = text.indexOf("'", at + 1);
  if (close === -1) return err(unclosedSingleQuote(at));
  return ok({ kind: "single", text: text.slice(at + 1, close), span: span(at, close + 1) });
};

const trailingBackslash = (at: number): Problem => ({
  code: "trailing-backslash",
  message: "the text ends with a backslash that has nothing to escape",
  hint: "remove it, or quote a literal one: `echo 'a\\'`",
  span: span(at, at + 1),
});

const unclosedSingleQuote = (at: number): Problem => ({
  code: "unclosed-single-quote",
  message: "the single quote that opens here is never closed",
  hint: "close it; for an apostrophe inside single quotes write `echo 'it'\\''s'` or use double quotes: `echo \"it's\"`",
  span: span(at, at + 1),
});
