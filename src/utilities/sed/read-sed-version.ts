import { endSedWord } from "./read-sed-end.js";
import type { SedLead } from "./read-sed-lead.js";
import { lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { type SedReading, skipGap, takeMatch } from "./sed-reading.js";

/** Reads `v 4.2`, which asks for GNU sed of at least that version. */
// version = "v" , gap , [ "4" , [ "." , older , [ "." , digit ] ] ] ;
export const readSedVersion = (reading: SedReading, { start, at }: SedLead): SedProblem | undefined => {
  if (start !== at) return notAlone(reading, start);
  skipGap(reading);
  takeMatch(reading, VERSION);
  return endSedWord(reading);
};

const VERSION = /4(?:\.[0-7](?:\.[0-9])?)?/y;

const notAlone = ({ script }: SedReading, from: number): SedProblem =>
  notUnderstood(lineFrom(script, from), "gives `v` an address", "leave it out: sed here is GNU sed");
