import { ok, type Result } from "../../language/result.js";
import { readJsonString } from "./json-string.js";
import { type Entry, listValue, MAX_DEPTH, mapValue, textValue, type Value } from "./value.js";
import { duplicateKey, shownAt, tooDeep, type ValueProblem, valueProblem } from "./value-problem.js";
import { wellFormed } from "./well-formed.js";

/**
 * JSON as the CLI reads it, which is `json.loads` of Python 3.14, less all that RFC 8259 leaves open or does not know.
 *
 * Python takes the last of equal keys, knows `NaN` and `Infinity`, reads `1e999` as infinity and keeps lone surrogates. All of these are
 * refused here, so that what is judged is what any other reader of the text sees too.
 */
export const parseStrictJson = (text: string): Result<Value, ValueProblem> => {
  const unicode = wellFormed(text);
  if (!unicode.ok) return unicode;
  const reading: Reading = { text, offset: 0 };
  const value = readValue(reading, 0);
  if (!value.ok) return value;
  return reading.offset === text.length ? value : notJson(reading, "the end of the text");
};

type Reading = { readonly text: string; offset: number };

/** `ws value ws` */
const readValue = (reading: Reading, depth: number): Result<Value, ValueProblem> => {
  skipBlanks(reading);
  const value = readBareValue(reading, depth);
  skipBlanks(reading);
  return value;
};

const readBareValue = (reading: Reading, depth: number): Result<Value, ValueProblem> => {
  const next = reading.text[reading.offset];
  if (next === "{") return depth < MAX_DEPTH ? readObject(reading, depth + 1) : tooDeep(reading.offset);
  if (next === "[") return depth < MAX_DEPTH ? readArray(reading, depth + 1) : tooDeep(reading.offset);
  if (next !== '"') return readWord(reading);
  const string = readJsonString(reading);
  return string.ok ? ok(textValue(string.value)) : string;
};

/** `"{" [ member *( "," member ) ] "}"` */
const readObject = (reading: Reading, depth: number): Result<Value, ValueProblem> => {
  const entries: Entry[] = [];
  const keys = new Set<string>();
  if (opensAndCloses(reading, "}")) return ok(mapValue(entries));
  do {
    skipBlanks(reading);
    const start = reading.offset;
    const entry = readMember(reading, depth);
    if (!entry.ok) return entry;
    if (keys.has(entry.value.key)) return duplicateKey(entry.value.key, start);
    keys.add(entry.value.key);
    entries.push(entry.value);
  } while (take(reading, ","));
  return take(reading, "}") ? ok(mapValue(entries)) : notJson(reading, "`,` or `}`");
};

/** `string ":" value` */
const readMember = (reading: Reading, depth: number): Result<Entry, ValueProblem> => {
  if (reading.text[reading.offset] !== '"') return notJson(reading, "a key in double quotes");
  const key = readJsonString(reading);
  if (!key.ok) return key;
  skipBlanks(reading);
  if (!take(reading, ":")) return notJson(reading, "`:`");
  const value = readValue(reading, depth);
  return value.ok ? ok({ key: key.value, value: value.value }) : value;
};

/** `"[" [ value *( "," value ) ] "]"` */
const readArray = (reading: Reading, depth: number): Result<Value, ValueProblem> => {
  const items: Value[] = [];
  if (opensAndCloses(reading, "]")) return ok(listValue(items));
  do {
    const item = readValue(reading, depth);
    if (!item.ok) return item;
    items.push(item.value);
  } while (take(reading, ","));
  return take(reading, "]") ? ok(listValue(items)) : notJson(reading, "`,` or `]`");
};

const opensAndCloses = (reading: Reading, close: string): boolean => {
  reading.offset += 1;
  skipBlanks(reading);
  return take(reading, close);
};

const readWord = (reading: Reading): Result<Value, ValueProblem> => {
  const start = reading.offset;
  const word = match(WORD, reading);
  if (word === undefined) return notJson(reading, "a JSON value");
  if (word === "null") return ok({ kind: "null" });
  if (word === "true" || word === "false") return ok({ kind: "boolean", value: word === "true" });
  // Python reads it as infinity, or not at all from 4301 digits on.
  if (!Number.isFinite(Number(word))) return tooLarge(start);
  return ok({ kind: "number", text: word });
};

// What follows is judged by who comes next: `01` is a 0 and then no comma.
const WORD = /null|true|false|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

const skipBlanks = (reading: Reading): void => {
  match(BLANKS, reading);
};

const BLANKS = /[ \t\n\r]+/y;

const take = (reading: Reading, character: string): boolean => {
  const found = reading.text[reading.offset] === character;
  if (found) reading.offset += 1;
  return found;
};

const match = (pattern: RegExp, reading: Reading): string | undefined => {
  pattern.lastIndex = reading.offset;
  const found = pattern.exec(reading.text)?.[0];
  reading.offset += found?.length ?? 0;
  return found;
};

const notJson = ({ text, offset }: Reading, wanted: string) =>
  valueProblem(
    "value-json",
    `the JSON has ${shownAt(text, offset)} where ${wanted} belongs`,
    'write JSON as in `{"Name":"a","Values":["b",1,true]}`: double quotes, no comments, no comma before a closing bracket',
    offset,
  );

const tooLarge = (offset: number) =>
  valueProblem("value-json", "the JSON has a number that is too large", "write a number below 1e308", offset);
