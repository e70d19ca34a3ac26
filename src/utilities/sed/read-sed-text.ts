import { readSedEscape } from "./read-sed-escape.js";
import type { SedLead } from "./read-sed-lead.js";
import { lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { look, type SedReading, takeMatch } from "./sed-reading.js";

/**
 * Reads the text of `a`, `i` and `c`, which goes on to the first line break without a backslash before it: `a text`, `a\text` and the text
 * on the lines after `a\`; at the end of the script `a\` gives no text. What versions of sed may read in different ways is refused: blanks
 * alone after `a\`, and `a` alone on its line.
 */
// pending = lead , ( "a" | "i" | "c" ) , gap , "\" ;
// text = lead , ( "a" | "i" | "c" ) , gap , ( first , rest | "\" , newline , rest | "\" , gap , ( first | start ) , rest ) ;
export const readSedText = (reading: SedReading, { at }: SedLead): SedProblem | undefined =>
  takeMatch(reading, BEGINNING) === undefined ? noText(reading, at) : readRest(reading);

const BEGINNING = /[ \t]*(?:(?=[^ \t\n\\])|\\\n|\\$|\\[ \t]*(?=[^ \t\n\\]|\\[^\n\\]))/y;

// rest = { character - ( newline | "\" ) | escape } ;
const readRest = (reading: SedReading): SedProblem | undefined => {
  for (let next = look(reading); next !== undefined; next = look(reading)) {
    if (next === "\\") {
      const problem = readSedEscape(reading, { kind: "replacement", mark: "", start: reading.at });
      if (problem) return problem;
    } else {
      reading.at += 1;
      if (next === "\n") return undefined;
    }
  }
  return undefined;
};

const noText = ({ script }: SedReading, at: number): SedProblem =>
  notUnderstood(
    lineFrom(script, at),
    "is given no text",
    "write it on the same line, as in `sed '1i text'`, or after a backslash that ends the line",
  );
