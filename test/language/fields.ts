import { literalText } from "../../src/language/literal-text.js";
import type { Command, DoublePart, Expansion, List, Piece, Pipeline, Word } from "../../src/language/syntax.js";
import { VALUES } from "./run-shell.js";

/** The arguments that words become where all commands of substitutions are `say`, which prints its arguments (POSIX, 2.6.5). */
export const fields = (words: readonly Word[]): string[] => words.flatMap(wordFields);

const wordFields = (word: Word): string[] => {
  const done: string[] = [];
  let open: string | undefined;
  for (const piece of word.pieces) {
    if (piece.kind !== "substitution") {
      open = (open ?? "") + pieceText(piece);
      continue;
    }
    for (const [index, part] of output(piece.list)
      .split(/[ \t\n]+/)
      .entries()) {
      if (index > 0 && open !== undefined) done.push(open);
      if (index > 0) open = undefined;
      if (part !== "") open = (open ?? "") + part;
    }
  }
  return open === undefined ? done : [...done, open];
};

const pieceText = (piece: Exclude<Piece, { kind: "substitution" }>): string => {
  switch (piece.kind) {
    case "bare":
    case "escaped":
    case "single":
    case "dollar-single":
      return piece.text;
    case "double":
      return piece.parts.map(partText).join("");
    case "variable":
      return VALUES[piece.name];
  }
};

const partText = (part: DoublePart): string => (part.kind === "text" ? part.text : expansionText(part));

const expansionText = (expansion: Expansion): string =>
  expansion.kind === "variable" ? VALUES[expansion.name] : output(expansion.list);

/** Every `say` succeeds, so that nothing behind `||` runs. */
const output = (list: List): string =>
  list.items
    .flatMap(({ first, rest }) => [
      first,
      ...rest.filter(({ operator }) => operator === "&&").map(({ pipeline }) => pipeline),
    ])
    .map(said)
    .join("")
    .replace(/\n+$/, "");

const said = (pipeline: Pipeline): string => {
  const [program, ...words] = lastOf(pipeline).words;
  if (literalText(program) !== "say") throw new Error("only `say` may stand in a substitution");
  return `${fields(words).join(" ")}\n`;
};

const lastOf = ({ commands }: Pipeline): Command => commands.at(-1) ?? commands[0];
