export type Face = "title" | "says" | "code";

/** Sizes in units of the picture, which is shown at about one CSS pixel a unit. */
export const SIZES: Readonly<Record<Face, number>> = { title: 15, says: 12.5, code: 12.5 };

// Fonts differ: these are the widths of DejaVu Sans and DejaVu Sans Mono, the widest that systems come with.
const MONO = 0.603;
const BOLD = 1.15;
const NARROW: Readonly<Record<string, number>> = {
  i: 0.28,
  j: 0.28,
  l: 0.28,
  t: 0.4,
  f: 0.36,
  r: 0.42,
  s: 0.53,
  m: 0.98,
  w: 0.82,
  " ": 0.32,
  ",": 0.32,
  ";": 0.34,
  ":": 0.34,
};
const LETTER = 0.64;
const CAPITAL = 0.7;

/** How wide a text is at most, in units of the picture. */
export const widthOf = (text: string, face: Face): number => {
  const size = SIZES[face];
  if (face === "code") return [...text].length * MONO * size;
  const ems = [...text].reduce((sum, letter) => sum + (NARROW[letter] ?? (/[A-Z]/.test(letter) ? CAPITAL : LETTER)), 0);
  return ems * size * (face === "title" ? BOLD : 1);
};

/** The lines of a text that is broken at blanks; a word that is too long for the width has a line of its own. */
export const wrap = (text: string, face: Face, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, face) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};
