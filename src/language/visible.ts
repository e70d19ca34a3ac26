const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** One character as it may be shown on one line of a terminal: a tab is a blank, what has no shape gets one. */
export const visible = (character: string): string => {
  if (character === "\t") return " ";
  if (character !== "" && !UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
};

const LONGEST_QUOTE = 40;

/** The user's own words inside a message: one line, in backticks, cut when long. */
export const inBackticks = (text: string): string => {
  const characters = Array.from(text.slice(0, LONGEST_QUOTE * 2), visible);
  const cut = characters.length > LONGEST_QUOTE ? [...characters.slice(0, LONGEST_QUOTE - 1), "…"] : characters;
  return `\`${cut.join("")}\``;
};
