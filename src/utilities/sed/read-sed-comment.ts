import type { SedLead } from "./read-sed-lead.js";
import { lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import type { SedReading } from "./sed-reading.js";

/** Reads over a comment, which no backslash continues. */
// comment = "#" , { character - newline } ;
export const readSedComment = (reading: SedReading, { start, at }: SedLead): SedProblem | undefined => {
  const { script } = reading;
  if (start !== at) {
    return notUnderstood(
      lineFrom(script, start),
      "gives a comment an address",
      "write a command between them, as in `sed '1d # head'`",
    );
  }
  reading.at = lineFrom(script, at).to;
  return undefined;
};
