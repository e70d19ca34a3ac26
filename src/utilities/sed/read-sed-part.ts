import { readSedBracket } from "./read-sed-bracket.js";
import { readSedEscape } from "./read-sed-escape.js";
import { lineFrom, notUnderstood, type SedProblem } from "./sed-problem.js";
import { look, type SedReading } from "./sed-reading.js";

/** A part between delimiters: `pattern` of an address or `s`, `replacement` of `s`, `string` of `y`. */
export type SedPart = {
  readonly kind: "pattern" | "replacement" | "string";
  readonly mark: string;
  /** Where the command or address begins. */
  readonly start: number;
};

/** Reads a part and the delimiter after it, as `match_slash` in sed's compile.c. */
// piece = inner - "[" | escaped | bracket ;
export const readSedPart = (reading: SedReading, part: SedPart): SedProblem | undefined => {
  for (let character = look(reading); character !== undefined && character !== "\n"; character = look(reading)) {
    const problem = readCharacter(reading, part, character);
    if (problem) return problem;
    if (character === part.mark) return undefined;
  }
  return neverEnded(reading, part);
};

const readCharacter = (reading: SedReading, part: SedPart, character: string): SedProblem | undefined => {
  if (character === "\\") return readSedEscape(reading, part);
  if (character === "[" && part.kind === "pattern" && part.mark !== "[") return readSedBracket(reading, part);
  reading.at += 1;
  return undefined;
};

const neverEnded = ({ script, at }: SedReading, { mark, start }: SedPart): SedProblem =>
  notUnderstood(
    lineFrom(script, start),
    script[at] === "\n" ? `breaks off before its next ${shown(mark)}` : `has no ${shown(mark)} at its end`,
    "end each part with the delimiter, as in `sed 's/a/b/'`; a delimiter that is text has a backslash before it, and a line break is `\\n`",
  );

const shown = (mark: string): string => (mark === "`" ? "delimiter" : `\`${mark}\``);
