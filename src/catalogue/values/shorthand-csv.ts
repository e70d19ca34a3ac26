import { ok, type Result } from "../../language/result.js";
import { atEnd, type Reading, skipBlanks, take } from "./shorthand-reading.js";
import { readFirst, readSecond } from "./shorthand-word.js";
import { type Leaf, listValue, type Value } from "./value.js";
import { type ValueProblem, valueProblem } from "./value-problem.js";

/**
 * `first *( "," second )`: one word is that word, several are a list.
 *
 * In `a=b,c=d` the parser of the CLI reads `c` as a second word, finds that no comma follows, and goes back to the last comma it passed.
 */
export const readCsv = (reading: Reading, loads: boolean): Result<Value, ValueProblem> => {
  const first = readFirst(reading, loads);
  if (!first.ok) return first;
  const rest = readRest(reading, loads);
  if (!rest.ok || rest.value.length > 0) return rest.ok ? ok(listValue([first.value, ...rest.value])) : rest;
  return first;
};

const readRest = (reading: Reading, loads: boolean): Result<readonly Leaf[], ValueProblem> => {
  const words: Leaf[] = [];
  for (;;) {
    skipBlanks(reading);
    const comma = reading.offset;
    if (!take(reading, ",")) return ok(words);
    skipBlanks(reading);
    const word = readSecond(reading, loads);
    if (word !== undefined && !word.ok) return word;
    skipBlanks(reading);
    if (word !== undefined && (atEnd(reading) || reading.text[reading.offset] === ",")) words.push(word.value);
    else return goBack(reading, comma, words, word?.value);
  }
};

/** To the last comma before this place; the next key is read from there. Refused when more than one plain word would be read twice. */
const goBack = (
  reading: Reading,
  comma: number,
  words: readonly Leaf[],
  word: Leaf | undefined,
): Result<readonly Leaf[], ValueProblem> => {
  if (reading.text.lastIndexOf(",", reading.offset) !== comma || word?.kind === "file") return readTwice(comma);
  reading.offset = comma;
  return ok(words);
};

const readTwice = (offset: number) =>
  valueProblem(
    "value-ambiguous",
    "what follows this comma could be a value or the next key",
    "write lists in brackets and quote values that hold commas: `Key=[a,'b,c'],Other=d`",
    offset,
  );
