import { ok, type Result } from "../../language/result.js";
import { shownAt, type ValueProblem, valueProblem } from "./value-problem.js";

type Reading = { readonly text: string; offset: number };

/** `"\"" *char "\""`, from its opening quote; the text is well-formed, and so is what comes out. */
export const readJsonString = (reading: Reading): Result<string, ValueProblem> => {
  const start = reading.offset;
  reading.offset += 1;
  const parts: string[] = [];
  for (let part = match(PART, reading); part !== undefined; part = match(PART, reading)) {
    if (part === '"') return ok(parts.join(""));
    parts.push(part.startsWith("\\") ? decode(part) : part);
  }
  return reading.offset === reading.text.length ? neverClosed(start) : badCharacter(reading);
};

// Either escapes of a pair, or of a character that is no surrogate: a lone one is no text.
const PART =
  /[^"\\\x00-\x1f]+|"|\\["\\/bfnrt]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}/y;

const match = (pattern: RegExp, reading: Reading): string | undefined => {
  pattern.lastIndex = reading.offset;
  const found = pattern.exec(reading.text)?.[0];
  reading.offset += found?.length ?? 0;
  return found;
};

const decode = (part: string): string =>
  SHORT[part] ?? part.replace(/\\u(....)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

const SHORT: Readonly<Record<string, string>> = {
  '\\"': '"',
  "\\\\": "\\",
  "\\/": "/",
  "\\b": "\b",
  "\\f": "\f",
  "\\n": "\n",
  "\\r": "\r",
  "\\t": "\t",
};

const neverClosed = (offset: number) =>
  valueProblem("value-json", "a string of the JSON is never closed", 'close it with `"`', offset);

const badCharacter = ({ text, offset }: Reading) =>
  valueProblem(
    "value-json",
    `${shownAt(text, offset)} in a string of the JSON is no character and starts no escape that JSON knows`,
    'JSON knows `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u00e9`; control characters are written as escapes, surrogates only as pairs',
    offset,
  );
