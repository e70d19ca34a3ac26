/** Calls whose lines of the audit log have room from the start; more take theirs when they come. */
export const UNDER_WAY = 16;
