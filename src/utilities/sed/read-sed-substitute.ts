import { emptyWithFlags } from "./read-sed-address.js";
import { readSedFlags } from "./read-sed-flags.js";
import type { SedLead } from "./read-sed-lead.js";
import { readSedMark } from "./read-sed-mark.js";
import { readSedPart } from "./read-sed-part.js";
import type { SedProblem } from "./sed-problem.js";
import type { SedReading } from "./sed-reading.js";

/** Reads `s/a/b/flags` after its letter. */
// substitute = "s" , ( swap , ( flags - cased ) | change , flags ) ;
export const readSedSubstitute = (reading: SedReading, { at: start }: SedLead): SedProblem | undefined => {
  const mark = readSedMark(reading);
  if (!mark.ok) return mark.error;
  const from = reading.at;
  const pattern = readSedPart(reading, { kind: "pattern", mark: mark.value, start });
  if (pattern) return pattern;
  const empty = reading.at === from + 1;
  const replacement = readSedPart(reading, { kind: "replacement", mark: mark.value, start });
  if (replacement) return replacement;
  const flags = readSedFlags(reading, start);
  if (!flags.ok) return flags.error;
  return empty && flags.value === "cased" ? emptyWithFlags(reading, start) : undefined;
};
