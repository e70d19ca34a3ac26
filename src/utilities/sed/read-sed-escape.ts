import type { SedPart } from "./read-sed-part.js";
import { lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import type { SedReading } from "./sed-reading.js";

/** Reads a backslash and what it escapes; a line break may be that, too. */
export const readSedEscape = (reading: SedReading, { kind, mark }: SedPart): SedProblem | undefined => {
  const { script, at } = reading;
  const next = script[at + 1];
  if (next === undefined) return endsInBackslash(reading);
  if (kind === "string" && !ONE.has(next) && (next !== mark || mark === "&")) return noCharacter(reading);
  if (next === "c" && kind !== "string" && !isControl(script[at + 2], mark)) return unsure(reading);
  reading.at += 2;
  return undefined;
};

/** What a backslash makes one character of in `y`, whatever the version. */
// string = { inner | "\" , ( "\" | mark - "&" | "a" | "f" | "n" | "r" | "t" | "v" ) } ;
const ONE: ReadonlySet<string> = new Set("\\afnrtv");

/** Versions differ in what `\c` takes: sed 4.10 reads any character after it as part of it, also a delimiter and a bracket. */
// escaped = "\" , ( character - "c" ) | "\" , "c" , ( letter - mark ) ;
const isControl = (character: string | undefined, mark: string): boolean =>
  character !== mark && /^[A-Za-z]$/.test(character ?? "");

const endsInBackslash = ({ script, at }: SedReading): SedProblem =>
  notUnderstood(
    { script, from: at, to: at + 1 },
    "is a backslash at the end",
    "leave it out, or write two for a backslash that is text",
  );

const noCharacter = ({ script, at }: SedReading): SedProblem =>
  notUnderstood(
    { script, from: at, to: at + 2 },
    "is no character that `y` knows",
    "in `y` write `\\\\` for a backslash, `\\n` for a line break and the character itself for any other",
  );

const unsure = ({ script, at }: SedReading): SedProblem =>
  notUnderstood(
    lineFrom(script, at),
    "begins an escape that versions of sed read in different ways",
    "write a letter after `\\c`, or `\\x1b` for the character with that number",
  );
