import { type JqProblem, notUnderstood } from "./jq-problem.js";
import type { JqToken } from "./jq-token.js";

/** Where the lexer stands in a program that it cannot read further. */
type Place = { readonly program: string; readonly offset: number };

export const neverClosed = ({ text, offset }: JqToken, closer: string): JqProblem =>
  notUnderstood(`\`${text}\` is never closed in the jq program`, `close it with \`${closer}\``, offset);

export const closesNothing = ({ offset }: Place, text: string): JqProblem =>
  notUnderstood(
    `\`${text}\` closes nothing in the jq program`,
    "close brackets and strings in the order they were opened",
    offset,
  );

export const badEscape = ({ program, offset }: Place): JqProblem =>
  notUnderstood(
    `${shown(program, offset)} in a string of the jq program starts no escape that jq knows`,
    'double the backslash, as in `test("\\\\d+")`; jq knows `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t`, `\\u00e9` and `\\(…)`',
    offset,
  );

export const badCharacter = ({ program, offset }: Place): JqProblem =>
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

export const continuedComment = ({ offset }: Place): JqProblem =>
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
