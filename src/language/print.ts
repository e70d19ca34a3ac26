import { dollarQuoted } from "./dollar-quoted.js";
import type { AndOr, Command, DoublePart, Expansion, List, Piece, Pipeline, Redirection, Word } from "./syntax.js";

/** A text that parses to this tree again, whatever its spans; redirections come after the words. */
export const print = (list: List): string => list.items.map(printAndOr).join("; ");

const printAndOr = ({ first, rest }: AndOr): string =>
  [printPipeline(first), ...rest.map(({ operator, pipeline }) => `${operator} ${printPipeline(pipeline)}`)].join(" ");

const printPipeline = (pipeline: Pipeline): string => pipeline.commands.map(printCommand).join(" | ");

const printCommand = ({ words, redirections }: Command): string =>
  [...words.map(printWord), ...redirections.map(printRedirection)].join(" ");

const printRedirection = (redirection: Redirection): string => {
  switch (redirection.kind) {
    case "duplicate":
      return `${redirection.descriptor}>&${redirection.to}`;
    case "discard":
      return `${redirection.descriptor}>/dev/null`;
    case "empty-input":
      return "</dev/null";
  }
};

const printWord = (word: Word): string => word.pieces.map(printPiece).join("");

const printPiece = (piece: Piece): string => {
  switch (piece.kind) {
    case "bare":
      return piece.text;
    case "escaped":
      return `\\${piece.text}`;
    case "single":
      return `'${piece.text}'`;
    case "dollar-single":
      return dollarQuoted(piece.text);
    case "double":
      return `"${piece.parts.map(printPart).join("")}"`;
    case "variable":
    case "substitution":
      return printExpansion(piece);
  }
};

const printPart = (part: DoublePart): string => {
  switch (part.kind) {
    case "text":
      return part.text.replace(/[$`"\\]/g, "\\$&");
    case "variable":
    case "substitution":
      return printExpansion(part);
  }
};

const printExpansion = (expansion: Expansion): string => {
  switch (expansion.kind) {
    case "variable":
      return `\${${expansion.name}}`;
    case "substitution":
      return `$(${print(expansion.list)})`;
  }
};
