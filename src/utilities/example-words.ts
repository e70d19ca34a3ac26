// Blank-separated words; '…' literal, "…" with \" and \\, a backslash outside quotes takes the next character.
const PIECE = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/suy;

/** Splits an example of a grammar file into words; undefined when a quote is left open. Only examples are read with it. */
export const exampleWords = (text: string): readonly string[] | undefined => {
  const words: string[] = [];
  let open = false;
  for (let at = 0; at < text.length; ) {
    if (text[at] === " ") {
      open = false;
      at += 1;
      continue;
    }
    PIECE.lastIndex = at;
    const piece = PIECE.exec(text);
    if (!piece) return undefined;
    const [all, single, double, escaped, bare] = piece;
    const value = single ?? double?.replace(/\\(["\\])/g, "$1") ?? escaped ?? bare ?? "";
    words.push((open ? words.pop() : "") + value);
    open = true;
    at += all.length;
  }
  return words;
};
