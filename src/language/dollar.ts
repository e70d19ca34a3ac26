import type { Problem } from "./problem.js";
import { span } from "./span.js";
import { refuseVariable } from "./variable.js";

type Around = "bare" | "double";

// dollar = "$" , ( "." | "," | "/" | "%" | ":" | "=" | "+" | "^" | "~" | "]" | "}" ) ;
const LITERAL_BEFORE = ".,/%:=+^~]}";
// spaced = blank | newline | "|" ;
const LITERAL_BEFORE_IN = { bare: `${LITERAL_BEFORE} \t\n|&;<>)`, double: `${LITERAL_BEFORE} \t\n|"` };

/** Does the dollar sign at this place stand for itself, as it does at the end of a word? */
export const isLiteralDollar = (text: string, at: number, around: Around): boolean =>
  LITERAL_BEFORE_IN[around].includes(text.charAt(at + 1));

/** What is wrong with a dollar sign that neither stands for itself nor expands to anything here. */
export const refuseDollar = (text: string, at: number): Problem => {
  switch (text.charAt(at + 1)) {
    case '"':
      return dollarDoubleQuote(at);
    case "(":
      return arithmetic(at);
    case "[":
      return dollarBracket(at);
    default:
      return refuseVariable(text, at) ?? dollar(at);
  }
};

const dollarDoubleQuote = (at: number): Problem => ({
  code: "dollar-double-quote",
  message: '`$"` would look up a translation',
  hint: "leave the dollar sign out, or write it inside single quotes: `echo '$5'`",
  span: span(at, at + 2),
});

const arithmetic = (at: number): Problem => ({
  code: "arithmetic",
  message: "`$((` would compute a number, and there is no arithmetic here",
  hint: "write the result itself: `head -n 5`; `jq` computes as well: `jq -n '2 + 3'`",
  span: span(at, at + 3),
});

const dollarBracket = (at: number): Problem => ({
  code: "dollar-bracket",
  message: "`$[` would compute a number in some shells",
  hint: "write the result itself, or put a literal one in single quotes: `echo '$[0]'`",
  span: span(at, at + 2),
});

const dollar = (at: number): Problem => ({
  code: "dollar",
  message: "what this dollar sign means is not certain",
  hint: "inside single quotes a dollar sign is literal: `grep -E '(a|b$)'`",
  span: span(at, at + 1),
});
