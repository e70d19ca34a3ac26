import type { DoublePart, Piece, Word } from "./syntax.js";

/** The argument that a word stands for; `undefined` where a part of it is an expansion, whose text no parser knows. */
export const literalText = (word: Word): string | undefined => joined(word.pieces.map(pieceText));

const pieceText = (piece: Piece): string | undefined => {
  switch (piece.kind) {
    case "bare":
    case "escaped":
    case "single":
    case "dollar-single":
      return piece.text;
    case "double":
      return joined(piece.parts.map(partText));
    case "variable":
    case "substitution":
      return undefined;
  }
};

const partText = (part: DoublePart): string | undefined => {
  switch (part.kind) {
    case "text":
      return part.text;
    case "variable":
    case "substitution":
      return undefined;
  }
};

const joined = (texts: readonly (string | undefined)[]): string | undefined =>
  texts.every((text) => text !== undefined) ? texts.join("") : undefined;
