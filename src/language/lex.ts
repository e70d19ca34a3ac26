import { NEWLINE, NUMBER_SIGN, PIPE, SPACE, TAB } from "./char-codes.js";
import { skipJoins } from "./join.js";
import { lexWord } from "./lex-word.js";
import { refuseOperator } from "./operator.js";
import { span } from "./span.js";
import type { Token } from "./token.js";

/**
 * The tokens of a text, up to the first thing that the language does not have.
 * The last token is `end` or `refused`, so the parser can report what is wrong furthest to the left.
 */
export const lex = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const token = lexToken(text, skipGap(text, at));
    tokens.push(token);
    if (token.kind === "end" || token.kind === "refused") return tokens;
    at = token.span.end;
  }
};

// gap = blank , { blank | join } ;
// comment = "#" , { character - newline } ;
const skipGap = (text: string, start: number): number => {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SPACE || code === TAB) at++;
    else if (code === NUMBER_SIGN) at = lineEnd(text, at);
    else {
      const joined = skipJoins(text, at);
      if (joined === at) return at;
      at = joined;
    }
  }
};

const lineEnd = (text: string, at: number): number => {
  const newline = text.indexOf("\n", at);
  return newline === -1 ? text.length : newline;
};

const lexToken = (text: string, at: number): Token => {
  if (at >= text.length) return { kind: "end", span: span(at, at) };
  if (text.charCodeAt(at) === NEWLINE) return { kind: "newline", span: span(at, at + 1) };
  const problem = refuseOperator(text, at);
  if (problem !== undefined) return { kind: "refused", problem, span: problem.span };
  if (text.charCodeAt(at) === PIPE) return { kind: "pipe", span: span(at, at + 1) };
  const word = lexWord(text, at);
  return word.ok ? word.value : { kind: "refused", problem: word.error, span: word.error.span };
};
