import { span } from "./span.js";
import type { Token } from "./token.js";

/** A place in a list of tokens. It never runs past the last one. */
export type TokenReader = {
  peek(): Token;
  advance(): Token;
  skipNewlines(): Token;
};

export const tokenReader = (tokens: readonly Token[]): TokenReader => {
  let at = 0;
  const peek = (): Token => tokens[at] ?? { kind: "end", span: span(0, 0) };
  const advance = (): Token => {
    if (at < tokens.length - 1) at++;
    return peek();
  };
  const skipNewlines = (): Token => {
    let token = peek();
    while (token.kind === "newline") token = advance();
    return token;
  };
  return { peek, advance, skipNewlines };
};
