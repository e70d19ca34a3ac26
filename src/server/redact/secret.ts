/** A stretch of text that is a secret; UTF-16 offsets, never overlapping, in order. */
export type Secret = { readonly start: number; readonly end: number; readonly rule: string };
