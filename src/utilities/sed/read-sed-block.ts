import { endSedCommand } from "./read-sed-end.js";
import type { SedLead } from "./read-sed-lead.js";
import { notUnderstood, type SedProblem } from "./sed-problem.js";
import type { SedReading } from "./sed-reading.js";

/** Reads `{`, after which a command may stand at once. */
// block = skip , { line , skip } , [ command , gap ] ;
export const openSedBlock = (reading: SedReading, { at }: SedLead): undefined => {
  reading.open.push(at);
};

/** Reads `}`. */
export const closeSedBlock = (reading: SedReading, { start, at }: SedLead): SedProblem | undefined => {
  const { script } = reading;
  if (start !== at) {
    const hint = "put the address before the `{`, as in `sed -n '/a/{s/b/c/;p}'`";
    return notUnderstood({ script, from: start, to: at + 1 }, "gives a closing brace an address", hint);
  }
  if (reading.open.pop() === undefined) {
    return notUnderstood(
      { script, from: at, to: at + 1 },
      "closes nothing",
      "open the block with `{`, or leave the brace out",
    );
  }
  return endSedCommand(reading);
};
