import { closeSedBlock, openSedBlock } from "./read-sed-block.js";
import { readSedComment } from "./read-sed-comment.js";
import { endSedCommand } from "./read-sed-end.js";
import { readSedBranch, readSedLabel } from "./read-sed-label.js";
import { readSedLead, type SedLead } from "./read-sed-lead.js";
import { readSedMap } from "./read-sed-map.js";
import { readSedNumber, readSedQuit } from "./read-sed-number.js";
import { readSedSubstitute } from "./read-sed-substitute.js";
import { readSedText } from "./read-sed-text.js";
import { readSedVersion } from "./read-sed-version.js";
import { namesFile, readsFile, runsProgram, writesFile } from "./refuse-sed-command.js";
import { characterFrom, lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { look, type SedReading } from "./sed-reading.js";

/** Reads one command with its addresses and what ends it, or says why it is refused. */
// command = lead , ( "{" , block , "}" | plain | branch | list | substitute | transform ) | single , quit ;
export const readSedCommand = (reading: SedReading): SedProblem | undefined => {
  const lead = readSedLead(reading);
  if (!lead.ok) return lead.error;
  const read = COMMANDS.get(look(reading) ?? "");
  if (!read) return unknown(reading, lead.value);
  reading.at += 1;
  return read(reading, lead.value);
};

type Read = (reading: SedReading, lead: SedLead) => SedProblem | undefined;

const each = (letters: string, read: Read): readonly (readonly [string, Read])[] =>
  Array.from(letters, (letter) => [letter, read]);

// plain = "=" | "d" | "D" | "g" | "G" | "h" | "H" | "n" | "N" | "p" | "P" | "x" | "z" ;
const COMMANDS: ReadonlyMap<string, Read> = new Map([
  ...each("=dDgGhHnNpPxz", endSedCommand),
  ...each("s", readSedSubstitute),
  ...each("y", readSedMap),
  ...each("aic", readSedText),
  ...each("btT", readSedBranch),
  ...each("l", readSedNumber),
  ...each("qQ", readSedQuit),
  ...each("{", openSedBlock),
  ...each("}", closeSedBlock),
  ...each("#", readSedComment),
  ...each(":", readSedLabel),
  ...each("v", readSedVersion),
  ...each("e", ({ script }, { at }) => runsProgram(lineFrom(script, at))),
  ...each("rR", ({ script }, { at }) => readsFile(lineFrom(script, at))),
  ...each("wW", ({ script }, { at }) => writesFile(lineFrom(script, at))),
  ...each("F", ({ script }, { at }) => namesFile({ script, from: at, to: at + 1 })),
]);

const unknown = ({ script, at }: SedReading, { start }: SedLead): SedProblem =>
  at >= script.length
    ? notUnderstood(
        { script, from: start, to: at },
        "is an address without a command",
        "write a command after it, such as `sed -n '2,5p'`",
      )
    : notUnderstood(
        characterFrom(script, at),
        "is no command of sed",
        "write a command such as `s`, `p` or `d`, with addresses before it, as in `sed '/a/,/b/d'`",
      );
