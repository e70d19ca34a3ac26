import type { Command, Piece, Pipeline, Word } from "./syntax.js";

/** A text that parses to this tree again, whatever its spans. */
export const print = (pipeline: Pipeline): string => pipeline.commands.map(printCommand).join(" | ");

const printCommand = (command: Command): string => command.words.map(printWord).join(" ");

const printWord = (word: Word): string => word.pieces.map(printPiece).join("");

const printPiece = (piece: Piece): string => {
  switch (piece.kind) {
    case "bare":
      return piece.text;
    case "escaped":
      return `\\${piece.text}`;
    case "single":
      return `'${piece.text}'`;
    case "double":
      return `"${piece.text.replace(/[$`"\\]/g, "\\$&")}"`;
  }
};
