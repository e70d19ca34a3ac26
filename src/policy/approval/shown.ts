import { createHash } from "node:crypto";

/**
 * A text as it may stand in a question: nothing in it can pretend to be another line of the question, nor hide or turn
 * around what stands beside it. No two texts are shown alike. What is longer is cut, with the digest of the whole.
 *
 * @param most UTF-16 units that are shown
 */
export const shown = (text: string, most: number): string => {
  const cut = text.length > most;
  const head = cut ? text.slice(0, most).replace(/[\ud800-\udbff]$/, "") : text;
  const visible = head.replace(HIDDEN, escaped);
  return cut ? `${visible}… (${text.length} characters, sha256 ${digest(text)})` : visible;
};

// Control, format (bidirectional marks, zero widths, tags), private and unassigned characters, lone surrogates, letters and
// symbols without ink, every separator but the blank, combining marks in a row, and blanks in a row that would push the
// rest out of sight. HTML tags, which a client that renders Markdown may obey; and what looks like one of our escapes.
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{DI}\u2800]|(?! )\p{Zs}|\p{M}{3,}| {3,}|<(?=[A-Za-z/!?])|\\(?=u\{)/gu;

const escaped = (found: string): string =>
  [...found].map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join("");

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
