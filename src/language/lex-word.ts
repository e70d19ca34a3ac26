import { refuseBacktick } from "./backtick.js";
import { BACKSLASH, BACKTICK, DOUBLE_QUOTE, GREATER_THAN, LESS_THAN, SINGLE_QUOTE } from "./char-codes.js";
import { skipJoins } from "./join.js";
import { endsWord, lexBare } from "./lex-bare.js";
import { lexDouble } from "./lex-double.js";
import type { Problem } from "./problem.js";
import { refuseRedirection } from "./redirection.js";
import { err, ok, type Result } from "./result.js";
import { span } from "./span.js";
import type { Piece, Word } from "./syntax.js";

// word = head , rest | "$" ;
// rest = { head | "#" | join } , [ "$" ] ;
/** The word that begins here; the caller has seen a character that begins one. */
export const lexWord = (text: string, start: number): Result<Word, Problem> => {
  const first = lexPiece(text, start);
  if (!first.ok) return first;
  const pieces: [Piece, ...Piece[]] = [first.value];
  let end = first.value.span.end;
  let at = skipJoins(text, end);
  while (!endsWord(text.charCodeAt(at))) {
    const piece = lexPiece(text, at);
    if (!piece.ok) return piece;
    pieces.push(piece.value);
    end = piece.value.span.end;
    at = skipJoins(text, end);
  }
  const word: Word = { kind: "word", pieces, span: span(start, end) };
  return isDescriptor(word, text.charCodeAt(at)) ? err(refuseRedirection(text, start, at)) : ok(word);
};

// head = bare | dollar | escaped | single | double ;
const lexPiece = (text: string, at: number): Result<Piece, Problem> => {
  switch (text.charCodeAt(at)) {
    case SINGLE_QUOTE:
      return lexSingle(text, at);
    case DOUBLE_QUOTE:
      return lexDouble(text, at);
    case BACKSLASH:
      return lexEscaped(text, at);
    case BACKTICK:
      return err(refuseBacktick(at));
    default:
      return lexBare(text, at);
  }
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

/** The `2` of `2>&1` is no word: digits right before `<` or `>` name a file descriptor. */
const isDescriptor = (word: Word, next: number): boolean => {
  const [piece] = word.pieces;
  const redirects = next === LESS_THAN || next === GREATER_THAN;
  return redirects && word.pieces.length === 1 && piece.kind === "bare" && /^[0-9]+$/.test(piece.text);
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
