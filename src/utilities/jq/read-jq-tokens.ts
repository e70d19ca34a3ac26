import { err, ok, type Result } from "../../language/result.js";
import type { JqProblem } from "./jq-problem.js";
import type { JqToken, JqTokenKind } from "./jq-token.js";
import { badCharacter, badEscape, closesNothing, continuedComment, neverClosed } from "./unreadable.js";

/**
 * The tokens of a jq program, its brackets and strings balanced.
 *
 * The facts are those of jq's own `src/lexer.l`, tried on jq 1.6, 1.7, 1.7.1 and 1.8.2. What these read differently is refused: a carriage
 * return outside strings (an error up to 1.7.1, a blank in 1.8; it ends a comment up to 1.7), a comment that ends in a backslash (1.8 reads
 * the next line as comment too), blanks between `$` and its name (allowed in 1.6 only), and numbers with two points (`...a` is a number and
 * a name in 1.6, a field since 1.7).
 */
export const readJqTokens = (program: string): Result<readonly JqToken[], JqProblem> => {
  const reading: Reading = { program, offset: 0, tokens: [], open: [] };
  while (reading.offset < program.length) {
    const problem = reading.open.at(-1)?.text === '"' ? readText(reading) : readCode(reading);
    if (problem) return err(problem);
  }
  const unclosed = reading.open.at(-1);
  if (unclosed) return err(neverClosed(unclosed, CLOSERS[unclosed.text] ?? ""));
  push(reading, "end", "");
  return ok(reading.tokens);
};

type Reading = { readonly program: string; offset: number; readonly tokens: JqToken[]; readonly open: JqToken[] };

/** `[^"\\]` | an escape of JSON | `\(`: inside a string everything else is data. */
const readText = (reading: Reading): JqProblem | undefined => {
  const match = matchAt(TEXT, reading);
  if (match === undefined) return reading.program[reading.offset] === "\\" ? badEscape(reading) : badCharacter(reading);
  if (match === '"') return close(reading, match);
  if (match === "\\(") return open(reading, match);
  reading.offset += match.length;
  return undefined;
};

const TEXT = /[^"\\\0]+|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}|\\\(|"/y;

const readCode = (reading: Reading): JqProblem | undefined => {
  const skipped = matchAt(BLANKS, reading) ?? matchAt(COMMENT, reading);
  if (skipped?.startsWith("#") && skipped.endsWith("\\")) return continuedComment(reading);
  if (skipped !== undefined) {
    reading.offset += skipped.length;
    return undefined;
  }
  for (const [kind, pattern] of CODE) {
    const text = matchAt(pattern, reading);
    if (text !== undefined) return take(reading, kind, text);
  }
  return badCharacter(reading);
};

const BLANKS = /[ \t\n]+/y;
const COMMENT = /#[^\n\r]*/y;

// Flex takes the longest match, then the earlier rule. This order has the same outcome: `.env` is a field before `.` is anything else,
// and the points and exponent of a number go to the number, so that the name in `1.env` and `1e1env` is a name.
const CODE: readonly (readonly [JqTokenKind, RegExp])[] = [
  ["field", /\.[a-zA-Z_][a-zA-Z_0-9]*/y],
  ["operator", /\.\.?(?![.0-9])/y],
  ["number", /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?![.0-9])(?:[eE][+-]?[0-9]+)?/y],
  ["variable", /\$(?:[a-zA-Z_][a-zA-Z_0-9]*::)*[a-zA-Z_][a-zA-Z_0-9]*/y],
  ["name", /(?:[a-zA-Z_][a-zA-Z_0-9]*::)*[a-zA-Z_][a-zA-Z_0-9]*/y],
  ["format", /@[a-zA-Z0-9_]+/y],
  ["open", /[([{"]/y],
  ["close", /[)\]}]/y],
  ["operator", /\?\/\/|\/\/=|[!=<>|+\-*/%]=|\/\/|[?=;,:|+\-*/%<>]/y],
];

const take = (reading: Reading, kind: JqTokenKind, text: string): JqProblem | undefined => {
  if (kind === "open") return open(reading, text);
  if (kind === "close") return close(reading, text);
  push(reading, kind, text);
  return undefined;
};

const open = (reading: Reading, text: string): undefined => {
  reading.open.push(push(reading, "open", text));
};

const close = (reading: Reading, text: string): JqProblem | undefined => {
  const opened = reading.open.pop();
  if (opened === undefined || CLOSERS[opened.text] !== text) return closesNothing(reading, text);
  push(reading, "close", text);
  return undefined;
};

const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", '"': '"', "\\(": ")" };

const push = (reading: Reading, kind: JqTokenKind, text: string): JqToken => {
  const token = { kind, text, offset: reading.offset };
  reading.tokens.push(token);
  reading.offset += text.length;
  return token;
};

const matchAt = (pattern: RegExp, { program, offset }: Reading): string | undefined => {
  pattern.lastIndex = offset;
  return pattern.exec(program)?.[0];
};
