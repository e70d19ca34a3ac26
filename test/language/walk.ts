import type { Command, DoublePart, List, Piece, Pipeline, Redirection, Word } from "../../src/language/syntax.js";

/** All pipelines of a list, those of its substitutions too; where they do not stand in each other, in their order. */
export const pipelinesOf = (list: List): readonly Pipeline[] =>
  list.items
    .flatMap(({ first, rest }) => [first, ...rest.map(({ pipeline }) => pipeline)])
    .flatMap((pipeline) => [pipeline, ...pipeline.commands.flatMap(({ words }) => words.flatMap(insideWord))]);

export const commandsOf = (list: List): readonly Command[] => pipelinesOf(list).flatMap(({ commands }) => commands);

export const piecesOf = (list: List): readonly Piece[] =>
  commandsOf(list).flatMap(({ words }) => words.flatMap(({ pieces }) => pieces));

export const redirectionsOf = (list: List): readonly Redirection[] =>
  commandsOf(list).flatMap(({ redirections }) => redirections);

/** The pipelines of substitutions in a word. */
const insideWord = (word: Word): readonly Pipeline[] =>
  word.pieces
    .flatMap((piece): readonly (Piece | DoublePart)[] => (piece.kind === "double" ? piece.parts : [piece]))
    .flatMap((part) => (part.kind === "substitution" ? pipelinesOf(part.list) : []));
