import type { SedClaim } from "./check-sed-claims.js";

/** How far a script has been read, which braces are open there, and what the rest of it has to bear out. */
export type SedReading = {
  readonly script: string;
  at: number;
  readonly open: number[];
  readonly claims: SedClaim[];
};

/** The next code unit; undefined at the end. */
export const look = ({ script, at }: SedReading): string | undefined => script[at];

/** gap = { blank } ; */
export const skipGap = (reading: SedReading): void => {
  while (isBlank(look(reading))) reading.at += 1;
};

export const isBlank = (character: string | undefined): boolean => character === " " || character === "\t";

/** What a pattern of one place, with the flag `y`, matches from here; reads over it. */
export const takeMatch = (reading: SedReading, pattern: RegExp): string | undefined => {
  pattern.lastIndex = reading.at;
  const text = pattern.exec(reading.script)?.[0];
  reading.at += text?.length ?? 0;
  return text;
};
