import { err, ok, type Result } from "../language/result.js";
import type { JqProblem, JqToken, JqTokenKind } from "./jq-token.js";

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
  return unclosed ? err(neverClosed(unclosed)) : ok(reading.tokens);
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
  const blanks = matchAt(BLANKS, reading);
  if (blanks !== undefined) {
    reading.offset += blanks.length;
    return undefined;
  }
  for (const [kind, pattern] of CODE) {
    const text = matchAt(pattern, reading);
    if (text !== undefined) return take(reading, kind, text);
  }
  return badCharacter(reading);
};

const BLANKS = /[ \t\n]+/y;

// Flex takes the longest match, then the earlier rule. This order has the same outcome: `.env` is a field before `.` is anything else,
// and the points and exponent of a number go to the number, so that the name in `1.env` and `1e1env` is a name.
const CODE: readonly (readonly [JqTokenKind, RegExp])[] = [
  ["comment", /#[^\n\r]*/y],
  ["field", /\.[a-zA-Z_][a-zA-Z_0-9]*/y],
  ["operator", /\.\.?(?![.0-9])/y],
  ["number", /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?![.0-9])(?:[eE][+-]?[0-9]+)?/y],
  ["variable", /\$(?:[a-zA-Z_][a-zA-Z_0-9]*::)*[a-zA-Z_][a-zA-Z_0-9]*/y],
  ["name", /(?:[a-zA-Z_][a-zA-Z_0-9]*::)*[a-zA-Z_][a-zA-Z_0-9]*/y],
  ["format", /@[a-zA-Z0-9_]+/y],
  ["open", /[([{"]/y],
  ["close", /[)\]}]/y],
  ["operator", /\?\/\/=?|\/\/=|[!=<>|+\-*/%]=|\/\/|[?=;,:|+\-*/%<>]/y],
];

const take = (reading: Reading, kind: JqTokenKind, text: string): JqProblem | undefined => {
  if (kind === "open") return open(reading, text);
  if (kind === "close") return close(reading, text);
  if (kind === "comment" && text.endsWith("\\")) return continuedComment(reading);
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

const notUnderstood = (message: string, hint: string, offset: number): JqProblem => ({
  code: "jq-not-understood",
  message,
  hint,
  offset,
});

const neverClosed = ({ text, offset }: JqToken): JqProblem =>
  notUnderstood(`\`${text}\` is never closed in the jq program`, `close it with \`${CLOSERS[text]}\``, offset);

const closesNothing = ({ offset }: Reading, text: string): JqProblem =>
  notUnderstood(
    `\`${text}\` closes nothing in the jq program`,
    "close brackets and strings in the order they were opened",
    offset,
  );

const badEscape = ({ program, offset }: Reading): JqProblem =>
  notUnderstood(
    `${shown(program, offset)} in a string of the jq program starts no escape that jq knows`,
    'double the backslash, as in `test("\\\\d+")`; jq knows `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t`, `\\u00e9` and `\\(…)`',
    offset,
  );

const badCharacter = ({ program, offset }: Reading): JqProblem =>
  notUnderstood(
    `${shown(program, offset)} is not understood at this place of the jq program`,
    HINTS[program[offset] ?? ""] ?? "outside strings jq knows only ASCII, blanks, tabs and line feeds",
    offset,
  );

const HINTS: Readonly<Record<string, string>> = {
  "'": 'strings of jq stand in double quotes: `"text"`',
  "\r": "end lines with a line feed alone: versions of jq read a carriage return differently",
  $: "write the name directly after `$`; `$ENV` is not available, pass values with `--arg name value`",
  ".": "put a blank between `..` or a number and the next `.`",
  "\\": "a backslash has a meaning only inside strings",
  "\0": "no argument of a program can hold this character",
};

const continuedComment = ({ offset }: Reading): JqProblem =>
  notUnderstood(
    "a comment in the jq program ends in a backslash, which some versions of jq read as a comment in the next line too",
    "leave out the comment or its last backslash",
    offset,
  );

/** The character in backticks; as a code point where it would not show or would break the line. */
const shown = (program: string, offset: number): string => {
  const character = program.codePointAt(offset) ?? 0;
  const visible = character > 0x20 && character < 0x7f;
  return visible
    ? `\`${String.fromCodePoint(character)}\``
    : `\`U+${character.toString(16).toUpperCase().padStart(4, "0")}\``;
};
