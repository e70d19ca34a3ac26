import { BACKSLASH, NEWLINE } from "./char-codes.js";

/** Is there a continuation, a backslash before a newline, at this place? */
export const isJoin = (text: string, at: number): boolean =>
  text.charCodeAt(at) === BACKSLASH && text.charCodeAt(at + 1) === NEWLINE;

// join = "\" , newline ;
export const skipJoins = (text: string, start: number): number => {
  let at = start;
  while (isJoin(text, at)) at += 2;
  return at;
};
