import { endSedCommand, endSedWord } from "./read-sed-end.js";
import type { SedLead } from "./read-sed-lead.js";
import { lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { type SedReading, skipGap, takeMatch } from "./sed-reading.js";

/** Reads `:name`. Versions differ in what ends other names than these. */
// label = ":" , gap , name ;
export const readSedLabel = (reading: SedReading, { start, at }: SedLead): SedProblem | undefined => {
  if (start !== at) return addressed(reading, start);
  skipGap(reading);
  const name = takeMatch(reading, NAME);
  if (name === undefined) return noName(reading, at);
  reading.claims.push({ kind: "label", name, from: at, to: reading.at });
  return endSedWord(reading);
};

/** Reads `b`, `t` and `T`, which may stand without a name. */
// branch = ( "b" | "t" | "T" ) , gap , [ name ] ;
export const readSedBranch = (reading: SedReading, { at }: SedLead): SedProblem | undefined => {
  skipGap(reading);
  const name = takeMatch(reading, NAME) ?? "";
  reading.claims.push({ kind: "jump", name, from: at, to: reading.at });
  return endSedCommand(reading);
};

// name = sign , { sign } ;
const NAME = /[A-Za-z0-9_.-]+/y;

const addressed = ({ script, at }: SedReading, from: number): SedProblem =>
  notUnderstood(
    { script, from, to: at },
    "gives a label an address",
    "write `:a` alone, and the address before `b` or `t`",
  );

const noName = ({ script }: SedReading, from: number): SedProblem =>
  notUnderstood(
    lineFrom(script, from),
    "is a label without a name",
    "name it with letters, digits and `_`, as in `sed ':a;N;$!ba;s/\\n/ /g'`",
  );
