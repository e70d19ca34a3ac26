import type { Token } from "./token.js";

/** A place in the lexer's tokens. */
export type TokenReader = {
  peek(): Token;
  advance(): Token;
  skipNewlines(): Token;
};

export const tokenReader = (tokens: readonly Token[]): TokenReader => {
  let at = 0;
  const peek = (): Token => {
    const token = tokens[at];
    // INVARIANT: the last token is `end` or `refused`, and the parser never advances over either.
    if (token === undefined) throw new Error("the parser read past the end of the tokens");
    return token;
  };
  const advance = (): Token => {
    at++;
    return peek();
  };
  const skipNewlines = (): Token => {
    let token = peek();
    while (token.kind === "newline") token = advance();
    return token;
  };
  return { peek, advance, skipNewlines };
};
