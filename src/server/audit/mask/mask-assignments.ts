import { isExpression, isOrdinary } from "../../redact/plain-value.js";
import type { Masks } from "./masks.js";
import { isReference } from "./reference.js";
import { secretNaming } from "./secret-naming.js";

/**
 * A text with the values masked that stand behind names which say that they are secret: `DBPassword=…`, `password: …`,
 * `?token=…&`, `--password …`, `PASSWORD '…'`, `IDENTIFIED BY '…'`. Linear in the text.
 *
 * @param isProgram it is one of jq, JMESPath or a filter, where `password: .x` and `password=.*` are no secrets: there only
 *   what is quoted or looks like a value of its own is masked
 */
export const maskAssignments = (text: string, masks: Masks, isProgram: boolean): string => {
  const names = new RegExp(NAME);
  const known = new Map<string, Naming>();
  let shown = "";
  let at = 0;
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const [name] = found;
    const naming = known.has(name) ? known.get(name) : namingOf(name);
    known.set(name, naming);
    const value = naming === undefined ? undefined : valueBehind(text, found.index, names.lastIndex, isProgram);
    if (value === undefined) continue;
    const secret = text.slice(value.start, value.end);
    if (isSecret(secret, naming)) {
      shown += text.slice(at, value.start) + masks.hide(secret);
      at = value.end;
    } else if (secret.length < LONGEST_READ_AGAIN) continue;
    names.lastIndex = Math.max(names.lastIndex, value.end);
  }
  return shown + text.slice(at);
};

type Naming = "secret" | "perhaps" | undefined;

const NAME = /identified (?:with \w{1,64} )?by|[A-Za-z_][A-Za-z0-9_.-]{0,127}/gi;
const IDENTIFIED = /^identified /i;

const namingOf = (name: string): Naming => {
  const naming = IDENTIFIED.test(name) ? "secret" : secretNaming(name);
  return naming === "secret" || naming === "perhaps" ? naming : undefined;
};

/** A value that is no secret may hold names and values of its own, unless it is longer than this. */
const LONGEST_READ_AGAIN = 1024;

// What a query binds is no value: `:token`, `$token`.
const isSecret = (value: string, naming: Naming): boolean => {
  if (value === "" || isReference(value) || /^[:$#?]\{?[A-Za-z_]\w*\}?$/.test(value)) return false;
  return naming === "secret" || !isOrdinary(value);
};

type Stretch = { readonly start: number; readonly end: number };

const valueBehind = (text: string, start: number, end: number, isProgram: boolean): Stretch | undefined => {
  const equals = skip(EQUALS, text, end);
  const colon = equals === undefined ? skip(isLineStart(text, start) ? COLON_FIRST : COLON, text, end) : undefined;
  const blank = skip(BLANK, text, end);
  const at = equals ?? colon ?? blank;
  if (at === undefined) return undefined;
  const quoted = quotedAt(text, at);
  if (quoted !== undefined) return quoted;
  if (equals === undefined && (colon === undefined || isProgram))
    return isOption(text, start) ? wordAt(text, at) : undefined;
  return isProgram ? plainAt(text, at) : restAt(text, at);
};

const EQUALS = /\\{0,8}["'`]?\]?[ \t]{0,8}(?::=|=>|={1,3})[ \t]{0,8}/y;
// Not the colons of an ARN.
const COLON = /(?:\\{0,8}["'`][ \t]{0,8}:|[ \t]{0,8}:(?=\s|\\{0,8}["'`]|[[{]))\s{0,8}/y;
const COLON_FIRST = /\\{0,8}["'`]?[ \t]{0,8}:\s{0,8}/y;
const BLANK = /[ \t]{1,8}/y;

const isLineStart = (text: string, start: number): boolean => start === 0 || /[\n\r]/.test(text.charAt(start - 1));

const isOption = (text: string, start: number): boolean => text.slice(Math.max(0, start - 2), start) === "--";

/** Between quotes, as they are written inside as many JSON strings as there are backslashes before them. */
const quotedAt = (text: string, at: number): Stretch | undefined => {
  const [open = "", mark = ""] = matchAt(QUOTE, text, at) ?? [];
  if (open === "") return undefined;
  const start = at + open.length;
  for (let end = start; end < text.length; end++) {
    if (text[end] === "\\" && open.length === 1) end++;
    else if (text[end] === mark && isSameQuote(text, end, open)) return { start, end: end - open.length + 1 };
  }
  return { start, end: text.length };
};

const isSameQuote = (text: string, end: number, open: string): boolean =>
  text.startsWith(open, end - open.length + 1) && (open.length === 1 || text[end - open.length] !== "\\");

const QUOTE = /\\{0,8}(["'`])/y;

const wordAt = (text: string, at: number): Stretch => ({
  start: at,
  end: at + (matchAt(WORD, text, at)?.[0].length ?? 0),
});
const WORD = /\S*/y;

const plainAt = (text: string, at: number): Stretch | undefined => {
  const value = matchAt(PLAIN, text, at)?.[0] ?? "";
  return value.length < 4 || isExpression(value) ? undefined : { start: at, end: at + value.length };
};
const PLAIN = /[A-Za-z0-9][A-Za-z0-9!@#%^*_+=:~-]*/y;

/** All up to the next name with a value, or the end of the line: a password may hold blanks and commas. */
const restAt = (text: string, at: number): Stretch => ({
  start: at,
  end: at + (matchAt(REST, text, at)?.[0].length ?? 0),
});
const REST = /(?:(?![,;&\s][A-Za-z_][\w.-]{0,127}[ \t]{0,4}[=:])[^\n\r])*/y;

const skip = (pattern: RegExp, text: string, at: number): number | undefined => {
  const found = matchAt(pattern, text, at);
  return found === undefined ? undefined : at + found[0].length;
};

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
};
