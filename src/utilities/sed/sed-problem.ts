import { visible } from "../../language/visible.js";
import type { ValueProblem } from "../value-problem.js";

/** Why a script may not run; `offset` counts UTF-16 code units from the start of the script. */
export type SedProblem = ValueProblem & { readonly offset: number };

/** A place of the script, and what to say of it. */
export type SedPlace = { readonly script: string; readonly from: number; readonly to: number };

export const sedProblem = (code: string, place: SedPlace, says: string, hint: string): SedProblem => ({
  code,
  message: `${quoted(place)} at character ${characterAt(place)} of the sed script ${says}`,
  hint,
  offset: place.from,
});

export const notUnderstood = (place: SedPlace, says: string, hint: string): SedProblem =>
  sedProblem("sed-not-understood", place, says, hint);

/** From an offset to the end of its line. */
export const lineFrom = (script: string, from: number): SedPlace => {
  const end = script.indexOf("\n", from);
  return { script, from, to: end === -1 ? script.length : end };
};

/** The character at an offset, or the end of the script. */
export const characterFrom = (script: string, from: number): SedPlace => ({
  script,
  from,
  to: from + ((script.codePointAt(from) ?? 0) > 0xffff ? 2 : 1),
});

const MOST = 60;

/** In backticks, on one line; a piece may be as long as the script, a message may not. */
const quoted = ({ script, from, to }: SedPlace): string => {
  if (from >= script.length) return "the end";
  const characters = Array.from(script.slice(from, Math.min(to, from + 2 * MOST)));
  const shown = characters.slice(0, MOST).map(visible).join("");
  return `\`${shown.replaceAll("`", "'")}${characters.length > MOST ? "…" : ""}\``;
};

const characterAt = ({ script, from }: SedPlace): number => Array.from(script.slice(0, from)).length + 1;
