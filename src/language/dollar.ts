import type { Problem } from "./problem.js";
import { span } from "./span.js";
import { inBackticks } from "./visible.js";

type Around = "bare" | "double";

// dollar = "$" , ( "." | "," | "/" | "%" | ":" | "=" | "+" | "^" | "~" | "]" | "}" ) ;
// spaced = blank | newline | "|" ;
const LITERAL_BEFORE = " \t\n|.,/%:=+^~]}";
const EXPANSION = /\$(?:[A-Za-z_][A-Za-z0-9_]*|\{[A-Za-z0-9_]*\}?|[0-9@*#?$!-])/y;

/** What is wrong with the dollar sign at this place; `undefined` where it stands for itself. */
export const refuseDollar = (text: string, at: number, around: Around): Problem | undefined => {
  const next = text.charAt(at + 1);
  if (next === "" || LITERAL_BEFORE.includes(next)) return undefined;
  if (next === '"') return around === "double" ? undefined : dollarDoubleQuote(at);
  if (next === "'" && around === "bare") return dollarSingleQuote(at);
  if (next === "(") return text.startsWith("$((", at) ? arithmetic(at) : commandSubstitution(at);
  if (next === "[") return dollarBracket(at);
  EXPANSION.lastIndex = at;
  const expansion = EXPANSION.exec(text)?.[0];
  return expansion === undefined ? dollar(at) : variable(at, expansion);
};

const dollarDoubleQuote = (at: number): Problem => ({
  code: "dollar-double-quote",
  message: '`$"` would look up a translation',
  hint: "leave the dollar sign out, or write it inside single quotes: `echo '$5'`",
  span: span(at, at + 2),
});

const dollarSingleQuote = (at: number): Problem => ({
  code: "dollar-single-quote",
  message: "`$'` quotes are not supported",
  hint: "use plain single quotes with the character itself inside them; `tr` and `jq` read escapes on their own: `tr '\\t' ','`",
  span: span(at, at + 2),
});

const arithmetic = (at: number): Problem => ({
  code: "arithmetic",
  message: "`$((` would compute a number, and nothing is expanded here",
  hint: "write the result itself: `head -n 5`",
  span: span(at, at + 3),
});

const commandSubstitution = (at: number): Problem => ({
  code: "command-substitution",
  message: "`$(` would run a command inside this one",
  hint: "run the inner command in a call of its own and write its result here; write dates in full: `echo 2026-11-01`",
  span: span(at, at + 2),
});

const dollarBracket = (at: number): Problem => ({
  code: "dollar-bracket",
  message: "`$[` would compute a number in some shells",
  hint: "write the result itself, or put a literal one in single quotes: `echo '$[0]'`",
  span: span(at, at + 2),
});

const variable = (at: number, expansion: string): Problem => ({
  code: "variable",
  message: `variables are not expanded, so ${inBackticks(expansion)} has no value`,
  hint: "write the value itself; for a literal dollar sign use single quotes: `jq '. as $x | $x'`",
  span: span(at, at + expansion.length),
});

const dollar = (at: number): Problem => ({
  code: "dollar",
  message: "what this dollar sign means is not certain",
  hint: "inside single quotes a dollar sign is literal: `grep -E '(a|b$)'`",
  span: span(at, at + 1),
});
