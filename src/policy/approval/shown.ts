import { createHash } from "node:crypto";

/**
 * A text as it may stand in a question: nothing in it can pretend to be another line of the question, nor hide or turn
 * around what stands beside it. No two texts are shown alike. What is longer is cut, with the digest of the whole.
 *
 * @param most UTF-16 units that are shown, three quarters of them from the beginning: what matters may stand at the end
 */
export const shown = (text: string, most: number): string => {
  if (text.length <= most) return visible(text);
  const head = text.slice(0, Math.ceil(most * 0.75)).replace(/[\ud800-\udbff]$/, "");
  const tail = text.slice(text.length - Math.floor(most * 0.25)).replace(/^[\udc00-\udfff]/, "");
  return `${visible(head)}…${visible(tail)} (${text.length} characters, sha256 ${digest(text)})`;
};

const visible = (text: string): string => text.replace(HIDDEN, escaped);

// Control, format (bidirectional marks, zero widths, tags), private and unassigned characters, lone surrogates, letters and
// symbols without ink, every separator but the blank, combining marks in a row, and blanks in a row that would push the
// rest out of sight. HTML tags, which a client that renders Markdown may obey; and what looks like one of our escapes.
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{DI}\u2800]|(?! )\p{Zs}|\p{M}{3,}| {3,}|<(?=[A-Za-z/!?])|\\(?=u\{)/gu;

const escaped = (found: string): string =>
  [...found].map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join("");

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
