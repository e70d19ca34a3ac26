/** Half-open range of a text, in UTF-16 code units from its start. */
export type Span = { readonly start: number; readonly end: number };

export const span = (start: number, end: number): Span => ({ start, end });
