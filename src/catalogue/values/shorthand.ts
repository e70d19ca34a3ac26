import { ok, type Result } from "../../language/result.js";
import { readSeveral } from "./read-several.js";
import { readCsv } from "./shorthand-csv.js";
import { atEnd, expect, match, misplaced, type Reading, skipBlanks, take } from "./shorthand-reading.js";
import { readFirst } from "./shorthand-word.js";
import { listValue, MAX_DEPTH, type MapValue, mapValue, textValue, type Value } from "./value.js";
import { duplicateKey, tooDeep, type ValueProblem } from "./value-problem.js";
import { wellFormed } from "./well-formed.js";

/**
 * The AWS CLI's shorthand syntax, as in `Name=tag:env,Values=a,b` or `Tags=[{Key=k,Value='v w'}]`: a text is one map, a list of words is a list
 * of maps.
 *
 * The facts are those of `awscli.shorthand` in the CLI 2.36, which the tests ask inside of the frozen CLI. What is accepted is read as the CLI
 * reads it. Refused although the CLI takes it: equal keys inside of braces (the last wins there), text that its parser goes back over and
 * drops, a `file://` under an `@=` that is not its own, more than 64 levels.
 */
export const parseShorthand = (words: readonly string[] | string): Result<Value, ValueProblem> => {
  if (typeof words === "string") return parseWord(words);
  const items = readSeveral(words, parseWord);
  return items.ok ? ok(listValue(items.value)) : items;
};

const parseWord = (text: string): Result<Value, ValueProblem> => {
  const unicode = wellFormed(text);
  return unicode.ok ? readParameter({ text, offset: 0, loads: false }) : unicode;
};

/** `pair *( "," pair )` */
const readParameter = (reading: Reading): Result<Value, ValueProblem> => {
  const pairs: Pairs = new Map();
  for (;;) {
    const pair = readPair(reading, pairs, readTopValue);
    if (!pair.ok) return pair;
    if (atEnd(reading)) return ok(toMap(pairs));
    const separator = readSeparator(reading);
    if (!separator.ok) return separator;
  }
};

type Pairs = Map<string, Value>;

/** `[ list | hash | csv ]` */
const readTopValue = (reading: Reading, loads: boolean): Result<Value, ValueProblem> => {
  if (atEnd(reading)) return ok(textValue(""));
  const opens = reading.text[reading.offset];
  return opens === "[" || opens === "{" ? readNested(reading, loads, 0) : readCsv(reading, loads);
};

/** `list | hash | word` */
const readNested = (reading: Reading, loads: boolean, depth: number): Result<Value, ValueProblem> => {
  const opens = reading.text[reading.offset];
  if (opens !== "[" && opens !== "{") return readFirst(reading, loads);
  if (depth === MAX_DEPTH - 1) return tooDeep(reading.offset);
  return opens === "[" ? readList(reading, loads, depth + 1) : readHash(reading, depth + 1);
};

/** `"[" [ nested *( "," nested ) [ "," ] ] "]"` */
const readList = (reading: Reading, loads: boolean, depth: number): Result<Value, ValueProblem> => {
  const items: Value[] = [];
  open(reading);
  while (!take(reading, "]")) {
    const item = readNested(reading, loads, depth);
    if (!item.ok) return item;
    items.push(item.value);
    const separator = readSeparatorUnless(reading, "]");
    if (!separator.ok) return separator;
  }
  return ok(listValue(items));
};

/** `"{" [ pair *( "," pair ) [ "," ] ] "}"` */
const readHash = (reading: Reading, depth: number): Result<Value, ValueProblem> => {
  const pairs: Pairs = new Map();
  open(reading);
  while (!take(reading, "}")) {
    const pair = readPair(reading, pairs, (inner, loads) => readNested(inner, loads, depth));
    if (!pair.ok) return pair;
    const separator = readSeparatorUnless(reading, "}");
    if (!separator.ok) return separator;
  }
  return ok(toMap(pairs));
};

/** `key ( "=" | "@" "=" ) value`, with blanks around each sign */
const readPair = (
  reading: Reading,
  pairs: Pairs,
  readValue: (reading: Reading, loads: boolean) => Result<Value, ValueProblem>,
): Result<undefined, ValueProblem> => {
  const start = reading.offset;
  const key = match(reading, KEY);
  const assigned = readAssignment(reading);
  if (!assigned.ok) return assigned;
  if (pairs.has(key)) return duplicateKey(key, start);
  const value = readValue(reading, reading.loads);
  if (!value.ok) return value;
  pairs.set(key, value.value);
  return ok(undefined);
};

const KEY = /[A-Za-z0-9\-_.#/:]*/y;

const readAssignment = (reading: Reading): Result<undefined, ValueProblem> => {
  skipBlanks(reading);
  reading.loads = take(reading, "@");
  skipBlanks(reading);
  const equals = expect(reading, "=");
  skipBlanks(reading);
  return equals;
};

const open = (reading: Reading): void => {
  reading.offset += 1;
  skipBlanks(reading);
};

const readSeparator = (reading: Reading): Result<undefined, ValueProblem> => {
  skipBlanks(reading);
  const comma = expect(reading, ",");
  skipBlanks(reading);
  return comma;
};

const readSeparatorUnless = (reading: Reading, close: string): Result<undefined, ValueProblem> => {
  skipBlanks(reading);
  if (reading.text[reading.offset] === close) return ok(undefined);
  const separator = readSeparator(reading);
  return separator.ok ? separator : misplaced(reading, `\`,\` or \`${close}\``);
};

const toMap = (pairs: Pairs): MapValue => mapValue(Array.from(pairs, ([key, value]) => ({ key, value })));
