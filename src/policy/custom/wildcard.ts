/**
 * A test for texts that fit a pattern in which `*` is any characters. Linear in the text, whatever the pattern: each
 * piece is looked for once, after the one before it.
 */
export const wildcard = (pattern: string): ((text: string) => boolean) => {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return text.length - at >= last.length && text.endsWith(last);
  };
};
