import { err, type Result } from "../../language/result.js";
import { checkSedClaims } from "./check-sed-claims.js";
import { readSedScript } from "./read-sed-script.js";
import type { SedProblem } from "./sed-problem.js";

/**
 * A sed script that runs no program and names no file, or why it might.
 *
 * sed's own `--sandbox` refuses `e`, `r`, `R`, `w`, `W` and the flags `e` and `w` of `s`; it is always given. This is the second wall: it
 * stands where the option is missing or does not hold, also refuses `F`, which prints the name of the input file, and says what to write.
 * The script is divided into commands exactly as `compile.c` of GNU sed 4.8, 4.9 and 4.10 does it; where these differ, or a script is
 * read in a surprising way, it is refused. Whether a regular expression is one is left to sed, since that depends on `-E`.
 */
export const judgeSedScript = (script: string): Result<undefined, SedProblem> => {
  const read = readSedScript(script);
  return read.ok ? checkSedClaims(script, read.value) : err(read.error);
};
