import { skipJoins } from "./join.js";
import { readOperator } from "./read-operator.js";
import type { Word } from "./syntax.js";

/** What stands right before the operator of a redirection: nothing, a number, or a name in braces. */
export type Descriptor = { readonly text: string; readonly operatorAt: number };

// descriptor = digit , { digit | join } | '{' , ( letter | "_" ) , { letter | digit | "_" | join } , '}' ;
const DESCRIPTOR = /^(?:[0-9]+|\{[A-Za-z_][A-Za-z0-9_]*\})$/;

/**
 * The descriptor that a word would be; `undefined` for a plain word. Digits right before `<` or `>` are one
 * (POSIX, 2.7 "Redirection"), and bash puts a number into the variable whose name stands in braces.
 */
export const descriptorOf = (word: Word, text: string): Descriptor | undefined => {
  const [piece] = word.pieces;
  if (word.pieces.length > 1 || piece.kind !== "bare" || !DESCRIPTOR.test(piece.text)) return undefined;
  const at = skipJoins(text, word.span.end);
  return /[<>]/.test(readOperator(text, at)?.operator ?? "") ? { text: piece.text, operatorAt: at } : undefined;
};
