import { NEWLINE, TAB } from "./char-codes.js";
import type { Problem } from "./problem.js";
import { span } from "./span.js";

/**
 * The first character that no text may hold, wherever it stands: in quotes and comments too.
 * Linear in the text, and one comparison for each printable ASCII character.
 */
export const refuseCharacters = (text: string): Problem | undefined => {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 0x20 && code < 0x7f) || code === TAB || code === NEWLINE) continue;
    const problem = refuseCharacter(text, at, code);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

const refuseCharacter = (text: string, at: number, code: number): Problem | undefined => {
  const where = span(at, at + 1);
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (code === 0) return nul(where);
  if (code === 0x0d) return carriageReturn(where);
  if (code < 0xa0) return control(where, name);
  if (code === 0x2028 || code === 0x2029) return lineSeparator(where, name);
  if (isBidirectionalControl(code)) return bidirectional(where, name);
  if (isHigh(code) && isLow(text.charCodeAt(at + 1))) return undefined;
  if (isLow(code) && isHigh(text.charCodeAt(at - 1))) return undefined;
  return isHigh(code) || isLow(code) ? loneSurrogate(where, name) : undefined;
};

// The list is Trojan Source's (CVE-2021-42574): each of these can make a text read differently from what it says.
const isBidirectionalControl = (code: number): boolean =>
  code === 0x061c ||
  code === 0x200e ||
  code === 0x200f ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069);

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

const nul = (where: Problem["span"]): Problem => ({
  code: "nul-character",
  message: "the text holds a NUL character (U+0000)",
  hint: "remove it: no argument of a program can hold it",
  span: where,
});

const carriageReturn = (where: Problem["span"]): Problem => ({
  code: "carriage-return",
  message: "the text holds a carriage return (U+000D)",
  hint: "end lines with a newline (LF) alone, not with CR LF",
  span: where,
});

const control = (where: Problem["span"], name: string): Problem => ({
  code: "control-character",
  message: `the text holds the control character ${name}`,
  hint: "remove it: of the control characters only tab and newline may stand in a command",
  span: where,
});

const lineSeparator = (where: Problem["span"], name: string): Problem => ({
  code: "line-separator",
  message: `the text holds the line separator ${name}`,
  hint: "write a plain newline (U+000A) or a blank in its place",
  span: where,
});

const bidirectional = (where: Problem["span"], name: string): Problem => ({
  code: "bidirectional-control",
  message: `the text holds the bidirectional control ${name}`,
  hint: "remove it: it is invisible and makes the text read differently from what it says",
  span: where,
});

const loneSurrogate = (where: Problem["span"], name: string): Problem => ({
  code: "lone-surrogate",
  message: `the text holds half of a surrogate pair (${name})`,
  hint: "send the whole character, or remove it: one half has no UTF-8 form",
  span: where,
});
