import { endSedCommand } from "./read-sed-end.js";
import type { SedLead } from "./read-sed-lead.js";
import { readSedMark } from "./read-sed-mark.js";
import { readSedPart } from "./read-sed-part.js";
import type { SedProblem } from "./sed-problem.js";
import type { SedReading } from "./sed-reading.js";

/** Reads `y/abc/xyz/` after its letter. */
// transform = "y" , map ;
export const readSedMap = (reading: SedReading, { at: start }: SedLead): SedProblem | undefined => {
  const mark = readSedMark(reading);
  if (!mark.ok) return mark.error;
  const part = { kind: "string", mark: mark.value, start } as const;
  const first = reading.at;
  const source = readSedPart(reading, part);
  if (source) return source;
  const second = reading.at;
  const target = readSedPart(reading, part);
  if (target) return target;
  reading.claims.push({
    kind: "map",
    from: start,
    to: reading.at,
    source: count(reading.script.slice(first, second - 1)),
    target: count(reading.script.slice(second, reading.at - 1)),
  });
  return endSedCommand(reading);
};

const count = (text: string): number => Array.from(text.replace(/\\./gs, "x")).length;
