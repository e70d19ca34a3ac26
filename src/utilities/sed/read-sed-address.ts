import { err, ok, type Result } from "../../language/result.js";
import { readSedMark } from "./read-sed-mark.js";
import { readSedPart } from "./read-sed-part.js";
import { characterFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { look, type SedReading, takeMatch } from "./sed-reading.js";

/** `zero`: the line 0, which only some ranges begin with; `expression`: what can end those. */
export type SedAddress = { readonly kind: "line" | "zero" | "expression" };

/** Reads an address, if there is one. */
// address = number , [ gap , "~" , gap , number ] | "$" | expression ;
export const readSedAddress = (reading: SedReading): Result<SedAddress | undefined, SedProblem> => {
  const character = look(reading);
  if (character === "/" || character === "\\") return readExpression(reading);
  if (character !== "$") return readLine(reading);
  reading.at += 1;
  return ok({ kind: "line" });
};

/** Reads `+2` and `~4`, which only end a range. */
export const readSedOffset = (reading: SedReading): Result<SedAddress, SedProblem> | undefined => {
  if (takeMatch(reading, OFFSET) === undefined) return undefined;
  const number = takeNumber(reading);
  return number.ok ? ok({ kind: "line" }) : number;
};

const OFFSET = /[+~][ \t]*/y;

const readLine = (reading: SedReading): Result<SedAddress | undefined, SedProblem> => {
  if (!/^[0-9]$/.test(look(reading) ?? "")) return ok(undefined);
  const first = takeNumber(reading);
  if (!first.ok) return first;
  const step = takeMatch(reading, STEP) === undefined ? ok(0) : takeNumber(reading);
  if (!step.ok) return step;
  return ok({ kind: first.value + step.value === 0 ? "zero" : "line" });
};

const STEP = /[ \t]*~[ \t]*/y;

/** Reads a number that no version of sed wraps around. */
// number = digit , 8 * [ digit ] ;
export const takeNumber = (reading: SedReading): Result<number, SedProblem> => {
  const from = reading.at;
  const digits = takeMatch(reading, DIGITS);
  if (digits === undefined) return err(noNumber(reading));
  return digits.length > 9 ? err(tooLong(reading, from)) : ok(Number(digits));
};

const DIGITS = /[0-9]+/y;

// expression = "\" , between | between - other | ( "\" , filled | filled - other ) , { gap , ( "I" | "M" ) } ;
const readExpression = (reading: SedReading): Result<SedAddress, SedProblem> => {
  const start = reading.at;
  if (look(reading) === "\\") reading.at += 1;
  const mark = readSedMark(reading);
  if (!mark.ok) return mark;
  const from = reading.at;
  const problem = readSedPart(reading, { kind: "pattern", mark: mark.value, start });
  if (problem) return err(problem);
  const empty = reading.at === from + 1;
  const flags = takeMatch(reading, FLAGS);
  return flags !== undefined && empty ? err(emptyWithFlags(reading, start)) : ok({ kind: "expression" });
};

const FLAGS = /(?:[ \t]*[IM])+/y;

/** An empty expression is the last one used, with the flags that it had there. */
export const emptyWithFlags = ({ script, at }: SedReading, from: number): SedProblem =>
  notUnderstood(
    { script, from, to: at },
    "gives flags to an empty expression",
    "an empty expression is the last one used, as it was; write it again to give it other flags",
  );

const noNumber = ({ script, at }: SedReading): SedProblem =>
  notUnderstood(characterFrom(script, at), "stands where a number is missing", "write digits, as in `sed -n '0~3p'`");

const tooLong = ({ script, at }: SedReading, from: number): SedProblem =>
  notUnderstood({ script, from, to: at }, "is too large a number", "write at most nine digits");
