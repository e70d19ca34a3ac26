import type { Span } from "./span.js";

/** `aws s3 ls | sort` */
export type Pipeline = {
  readonly kind: "pipeline";
  readonly commands: readonly [Command, ...Command[]];
  readonly span: Span;
};

/** `sort -r` */
export type Command = { readonly kind: "command"; readonly words: readonly [Word, ...Word[]]; readonly span: Span };

/** `a'b c'"d"`: one argument as written. */
export type Word = { readonly kind: "word"; readonly pieces: readonly [Piece, ...Piece[]]; readonly span: Span };

export type Piece =
  /** `abc`; without the continuations (backslash, newline) that stood in it */
  | { readonly kind: "bare"; readonly text: string; readonly span: Span }
  /** `\x`; `text` is the character without its backslash (a surrogate pair counts as one) */
  | { readonly kind: "escaped"; readonly text: string; readonly span: Span }
  /** `'a b'` */
  | { readonly kind: "single"; readonly text: string; readonly span: Span }
  /** `"a \" b"`; `text` is the value, its backslashes resolved */
  | { readonly kind: "double"; readonly text: string; readonly span: Span };

/** The literal argument that a word stands for. */
export const wordText = (word: Word): string => word.pieces.map((piece) => piece.text).join("");
