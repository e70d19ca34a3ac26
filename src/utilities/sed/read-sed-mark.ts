import { err, ok, type Result } from "../../language/result.js";
import { characterFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { type SedReading, takeMatch } from "./sed-reading.js";

/** Reads the delimiter of an expression, of `s` or of `y`. sed takes blanks too, but no character of several bytes. */
// delimiter = ? U+0021..U+005B ? | ? U+005D..U+007E ? ;
export const readSedMark = (reading: SedReading): Result<string, SedProblem> => {
  const mark = takeMatch(reading, DELIMITER);
  return mark === undefined ? err(noDelimiter(reading)) : ok(mark);
};

const DELIMITER = /[!-[\]-~]/y;

const noDelimiter = ({ script, at }: SedReading): SedProblem =>
  notUnderstood(
    characterFrom(script, at),
    "stands where a delimiter is missing",
    "write one of `/`, `|`, `,` or `#` there, as in `sed 's|a|b|'`",
  );
