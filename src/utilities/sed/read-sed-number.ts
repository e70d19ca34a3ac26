import { takeNumber } from "./read-sed-address.js";
import { endSedCommand } from "./read-sed-end.js";
import type { SedLead } from "./read-sed-lead.js";
import { notUnderstood, type SedProblem } from "./sed-problem.js";
import { look, type SedReading, skipGap } from "./sed-reading.js";

/** Reads what may follow `l`: the length of its lines. */
// list = "l" , gap , [ number ] ;
export const readSedNumber = (reading: SedReading): SedProblem | undefined => {
  skipGap(reading);
  if (!/^[0-9]$/.test(look(reading) ?? "")) return endSedCommand(reading);
  const number = takeNumber(reading);
  return number.ok ? endSedCommand(reading) : number.error;
};

/** Reads what may follow `q` and `Q`: an exit code. */
// quit = ( "q" | "Q" ) , gap , [ number ] ;
export const readSedQuit = (reading: SedReading, { start, at, addresses }: SedLead): SedProblem | undefined =>
  addresses < 2
    ? readSedNumber(reading)
    : notUnderstood(
        { script: reading.script, from: start, to: at + 1 },
        "gives a range to a command that takes one address",
        "write the line that ends it, as in `sed 10q`",
      );
