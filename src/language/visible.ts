/**
 * What has no shape of its own and could hide words or move them: control characters, halves of surrogate pairs, line and
 * paragraph separators, bidirectional marks, and everything that Unicode calls default-ignorable (zero widths, soft hyphens,
 * fillers, variation selectors, the tag characters that spell out invisible sentences), with interlinear annotations.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\ufff9-\ufffb]/u;

/** One character as it may be shown on one line of a terminal: a tab is a blank, what has no shape gets one. */
export const visible = (character: string): string => {
  if (character === "\t") return " ";
  if (character !== "" && !UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
};

/**
 * A text as it may be shown on several lines: newlines and tabs stay, CR LF is a newline, and every other character without
 * a shape gets one, as `visible` has it. A joiner that makes one sign of two stays, if it is alone: the zero-width joiner
 * inside an emoji, either joiner between letters of a script that is written with them (Unicode Standard Annex 31, section
 * 2.3.1), and the selector of a sign's colours. Linear in the text.
 */
export const visibleText = (text: string): string =>
  PLAIN.test(text) ? text : text.replaceAll("\r\n", "\n").replace(HIDDEN, visible);

const PLAIN = /^[\n\t\x20-\x7e]*$/;

const JOINED = String.raw`[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}]`;

/** Signs and scripts that joiners belong to; what stands before and after one is looked at, and is never a joiner. */
const KEPT = [
  String.raw`(?<=[\p{ExtPict}\p{EMod}\ufe0f])\u200d(?=\p{ExtPict})`,
  String.raw`(?<=[\p{ExtPict}#*0-9])[\ufe0e\ufe0f]`,
  `(?<=${JOINED})[\\u200c\\u200d](?=${JOINED})`,
].join("|");

const HIDDEN = new RegExp(`(?!${KEPT})(?![\\n\\t])${UNPRINTABLE.source}`, "gu");

/** A text that may hold data, on one line and without what could hide or move the rest of it. */
export const oneLine = (text: string): string => Array.from(text, visible).join("");

const LONGEST_QUOTE = 40;

/** The user's own words inside a message: one line, in backticks, cut when long. */
export const inBackticks = (text: string): string => {
  const characters = Array.from(text.slice(0, LONGEST_QUOTE * 2), visible);
  const cut = characters.length > LONGEST_QUOTE ? [...characters.slice(0, LONGEST_QUOTE - 1), "…"] : characters;
  return `\`${cut.join("")}\``;
};
