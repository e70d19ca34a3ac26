import { err, ok, type Result } from "../../language/result.js";
import type { SedClaim } from "./check-sed-claims.js";
import { readSedCommand } from "./read-sed-command.js";
import { notUnderstood, type SedProblem } from "./sed-problem.js";
import { type SedReading, takeMatch } from "./sed-reading.js";

/** Divides a script into commands, as `grammar/sed-script.ebnf` says, and gives what is left to check in the whole. */
// script = skip , { line , skip } , [ closed , gap , [ comment ] | comment | text | pending ] ;
export const readSedScript = (script: string): Result<readonly SedClaim[], SedProblem> => {
  const reading: SedReading = { script, at: 0, open: [], claims: [] };
  for (takeMatch(reading, SKIP); reading.at < script.length; takeMatch(reading, SKIP)) {
    const problem = readSedCommand(reading);
    if (problem) return err(problem);
  }
  const unclosed = reading.open.at(-1);
  return unclosed === undefined ? ok(reading.claims) : err(neverClosed(script, unclosed));
};

// skip = { blank | newline | ";" } ;
const SKIP = /[ \t\n;]*/y;

const neverClosed = (script: string, from: number): SedProblem =>
  notUnderstood(
    { script, from, to: from + 1 },
    "is never closed",
    "close it with `}`; the text of `a`, `i` and `c` goes on to the end of its line, so a brace after it stands on a line or in a `-e` of its own",
  );
