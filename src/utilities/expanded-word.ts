import { inBackticks } from "../language/visible.js";
import { withUnknownShown } from "../plan/unknown.js";
import type { UtilityRefusal } from "./refusal.js";

const FROM_OUTPUT = "comes from the output of other commands";

const shown = (word: string): string => inBackticks(withUnknownShown(word));

/** An expanded word in the place of the program's name. */
export const expandedProgram = (word: string): UtilityRefusal => ({
  code: "expansion-program",
  argument: 0,
  message: `${shown(word)} is the name of a program, and none ${FROM_OUTPUT}`,
  hint: "write the name out, as in `aws s3 ls | sort`, and the data as one of its arguments",
});

/** An expanded word that is read as options, or could be. */
export const expandedOption = (name: string, word: string, argument: number): UtilityRefusal => ({
  code: "expansion-option",
  argument,
  message: `${shown(word)} could be an option of \`${name}\`, and none ${FROM_OUTPUT}`,
  hint: 'run the inner command in a call of its own, then write the option out; its value alone may be data, as in `head -n "$(…)"`',
});

/** An expanded word that is a file's name. */
export const expandedPath = (name: string, word: string, argument: number): UtilityRefusal => ({
  code: "expansion-path",
  argument,
  message: `${shown(word)} is the name of a file for \`${name}\`, and none ${FROM_OUTPUT}`,
  hint: `run the inner command in a call of its own, then name the file, as in \`${name} notes.txt\``,
});

/**
 * An expanded word that is program text.
 *
 * @param hint how data gets in all the same
 */
export const expandedProgramText = (name: string, word: string, argument: number, hint: string): UtilityRefusal => ({
  code: "expansion-program-text",
  argument,
  message: `${shown(word)} is a program that \`${name}\` runs, and no part of one ${FROM_OUTPUT}`,
  hint,
});
