import { lexToken } from "./lex-token.js";
import type { Place, Source } from "./source.js";
import type { Token } from "./token.js";

/** A place among the tokens of a text; each is read when the one before it is done with. */
export type TokenReader = {
  readonly source: Source;
  peek(): Token;
  advance(): Token;
  skipNewlines(): Token;
};

export const tokenReader = (source: Source, start: number): TokenReader => {
  let place: Place = "program";
  let token = lexToken(source, start, place);
  const peek = (): Token => token;
  const advance = (): Token => {
    // INVARIANT: nothing follows `end` and `refused`, and the parser never advances over either.
    if (token.kind === "end" || token.kind === "refused") throw new Error("the parser read past the last token");
    place = placeAfter(token, place);
    token = lexToken(source, token.span.end, place);
    return token;
  };
  const skipNewlines = (): Token => {
    while (token.kind === "newline") advance();
    return token;
  };
  return { source, peek, advance, skipNewlines };
};

/** A redirection may stand before the program, too. */
const placeAfter = (token: Token, place: Place): Place => {
  if (token.kind === "redirection") return place;
  return token.kind === "word" ? "argument" : "program";
};
