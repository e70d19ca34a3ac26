import { characterFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { look, type SedReading, skipGap } from "./sed-reading.js";

/** Reads what ends a command: a semicolon, a line break or the end, and before a closing brace or a comment nothing. */
// line = closed , gap , ( ";" | [ comment ] , newline ) | comment , newline | text , newline ;
export const endSedCommand = (reading: SedReading): SedProblem | undefined => {
  skipGap(reading);
  return look(reading) === "}" ? undefined : endSedWord(reading);
};

/** The same for what a brace does not end: old versions read it as part of a label. */
export const endSedWord = (reading: SedReading): SedProblem | undefined => {
  skipGap(reading);
  const next = look(reading);
  if (next === undefined || next === "#") return undefined;
  if (next !== ";" && next !== "\n") return goesOn(reading);
  reading.at += 1;
  return undefined;
};

const goesOn = ({ script, at }: SedReading): SedProblem =>
  notUnderstood(
    characterFrom(script, at),
    "stands where a command has to end",
    "put `;` or a line break between commands, as in `sed -n 's/a/b/;p'`",
  );
