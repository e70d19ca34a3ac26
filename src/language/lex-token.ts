import { NEWLINE, NUMBER_SIGN, SPACE, TAB } from "./char-codes.js";
import { descriptorOf } from "./descriptor.js";
import { skipJoins } from "./join.js";
import { lexOperator } from "./lex-operator.js";
import { lexRedirection } from "./lex-redirection.js";
import { lexWord } from "./lex-word.js";
import type { Problem } from "./problem.js";
import { readOperator } from "./read-operator.js";
import type { Result } from "./result.js";
import type { Place, Source } from "./source.js";
import { span } from "./span.js";
import type { Token } from "./token.js";

/** The first token at or after a place; a word is a program or an argument, as the place says. */
export const lexToken = (source: Source, start: number, place: Place): Token => {
  const { text } = source;
  const at = skipGap(text, start);
  if (at >= text.length) return { kind: "end", span: span(at, at) };
  if (text.charCodeAt(at) === NEWLINE) return { kind: "newline", span: span(at, at + 1) };
  const operator = readOperator(text, at);
  return orRefused(operator === undefined ? lexWordOrNumber(source, at, place) : lexOperator(source, at, operator));
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

/** The `2` of `2>&1` is no word. */
const lexWordOrNumber = (source: Source, at: number, place: Place): Result<Token, Problem> => {
  const word = lexWord(source, at, place);
  if (!word.ok) return word;
  const descriptor = descriptorOf(word.value, source.text);
  return descriptor === undefined ? word : lexRedirection(source, at, descriptor);
};

const orRefused = (token: Result<Token, Problem>): Token =>
  token.ok ? token.value : { kind: "refused", problem: token.error, span: token.error.span };
