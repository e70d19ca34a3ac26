import { SPACE, TAB } from "./char-codes.js";
import { descriptorOf } from "./descriptor.js";
import { skipJoins } from "./join.js";
import { endsWord } from "./lex-bare.js";
import { lexWord } from "./lex-word.js";
import { literalText } from "./literal-text.js";
import type { Source } from "./source.js";

/** Where the target after an operator would begin: blanks may stand before it. */
export const skipToTarget = (text: string, start: number): number => {
  let at = skipJoins(text, start);
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at = skipJoins(text, at + 1);
  return at;
};

/**
 * The value of the word after an operator, and where it ends. `undefined` where there is none, where it is not literal,
 * where escapes spell it, and where shells read it in different ways: as in `2>&1>x`, in which `1` is a descriptor to some.
 */
export const readTarget = (source: Source, start: number): { text: string; end: number } | undefined => {
  const at = skipToTarget(source.text, start);
  if (endsWord(source.text.charCodeAt(at))) return undefined;
  const word = lexWord(source, at, "target");
  if (!word.ok || word.value.pieces.some((piece) => piece.kind === "dollar-single")) return undefined;
  if (descriptorOf(word.value, source.text) !== undefined) return undefined;
  const text = literalText(word.value);
  return text === undefined ? undefined : { text, end: word.value.span.end };
};
