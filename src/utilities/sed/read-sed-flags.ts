import { err, ok, type Result } from "../../language/result.js";
import { takeNumber } from "./read-sed-address.js";
import { endSedCommand } from "./read-sed-end.js";
import { runsProgram, writesFile } from "./refuse-sed-command.js";
import { characterFrom, lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { look, type SedReading, skipGap } from "./sed-reading.js";

/** `cased`: some flag changes how the expression matches. */
export type SedFlags = "cased" | "plain";

/** Reads the flags of `s`, in any order and with blanks between them, and what ends the command; `start` is where its `s` stands. */
// flags = ( letters , [ gap , number - nought , letters ] ) - ( any , "g" , any , "g" , any | any , "p" , any , "p" , any ) ;
export const readSedFlags = (reading: SedReading, start: number): Result<SedFlags, SedProblem> => {
  const seen = new Set<string>();
  for (skipGap(reading); !ends(look(reading)); skipGap(reading)) {
    const flag = takeFlag(reading, start);
    if (!flag.ok) return flag;
    if (seen.has(flag.value) && ONCE.has(flag.value)) return err(twice(reading, flag.value));
    seen.add(flag.value);
  }
  const problem = endSedCommand(reading);
  if (problem) return err(problem);
  return ok(["i", "I", "m", "M"].some((flag) => seen.has(flag)) ? "cased" : "plain");
};

const ends = (character: string | undefined): boolean => character === undefined || /^[;\n}#]$/.test(character);

const ONCE: ReadonlySet<string> = new Set(["g", "p", "number"]);

const takeFlag = (reading: SedReading, start: number): Result<string, SedProblem> => {
  const { script, at } = reading;
  const flag = script[at] ?? "";
  if (/^[0-9]$/.test(flag)) return takeCount(reading);
  if (flag === "e") return err(runsProgram({ script, from: start, to: at + 1 }));
  if (flag === "w") return err(writesFile({ ...lineFrom(script, at), from: start }));
  if (!/^[gpiImM]$/.test(flag)) return err(unknownFlag(reading));
  reading.at += 1;
  return ok(flag);
};

const takeCount = (reading: SedReading): Result<string, SedProblem> => {
  const from = reading.at;
  const count = takeNumber(reading);
  if (!count.ok) return count;
  return count.value === 0 ? err(noCount(reading, from)) : ok("number");
};

const unknownFlag = ({ script, at }: SedReading): SedProblem =>
  notUnderstood(
    characterFrom(script, at),
    "is no flag of `s`",
    "flags are `g`, `p`, `I`, `M` and a number; where the delimiter is part of the text, take another, as in `sed 's|/a|/b|'`, and put `;` before the next command",
  );

const noCount = ({ script, at }: SedReading, from: number): SedProblem =>
  notUnderstood({ script, from, to: at }, "counts matches from 0", "count from 1, as in `sed 's/a/b/2'`");

const twice = ({ script, at }: SedReading, flag: string): SedProblem =>
  notUnderstood(
    { script, from: at - 1, to: at },
    `is a second ${flag === "number" ? "number" : `\`${flag}\``} among the flags of \`s\``,
    "write it once, as in `sed 's/a/b/2g'`",
  );
