/**
 * What stands in an argument for text that nobody knows yet: the output of a command substitution, and an item of xargs.
 * Both are halves of a surrogate pair without the other half, which no text that was read, no output and no file name
 * can hold.
 */
export const UNKNOWN_OUTPUT = "\ud800";
export const UNKNOWN_ITEM = "\ud801";

// With the flag `u` a half matches only where it stands alone.
const OUTPUT = /\ud800/gu;
const ITEM = /\ud801/gu;

/** Whether a part of the text is not known yet, so that its value cannot be judged. */
export const isUnknown = (text: string): boolean => /[\ud800\ud801]/u.test(text);

/** The text as people may see it. */
export const withUnknownShown = (text: string): string => text.replace(OUTPUT, "$$(…)").replace(ITEM, "{}");
