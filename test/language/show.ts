import type { Problem } from "../../src/language/problem.js";
import type { Result } from "../../src/language/result.js";
import type {
  AndOr,
  Command,
  DoublePart,
  Expansion,
  List,
  Piece,
  Pipeline,
  Redirection,
} from "../../src/language/syntax.js";

/** A parser's answer as the corpus writes it. */
export const show = (parsed: Result<List, Problem>): string =>
  parsed.ok ? showList(parsed.value) : showProblem(parsed.error);

const showProblem = ({ code, span }: Problem): string => `Problem(${code}, ${span.start}..${span.end})`;

/** A list of one is what it holds. */
const showList = ({ items: [first, ...rest] }: List): string =>
  rest.length === 0 ? showAndOr(first) : `List(${[first, ...rest].map(showAndOr).join(", ")})`;

const showAndOr = ({ first, rest }: AndOr): string => {
  const others = rest.map(({ operator, pipeline }) => ` ${operator} ${showPipeline(pipeline)}`);
  return others.length === 0 ? showPipeline(first) : `AndOr(${showPipeline(first)}${others.join("")})`;
};

const showPipeline = ({ commands }: Pipeline): string => `Pipeline(${commands.map(showCommand).join(", ")})`;

const showCommand = ({ words, redirections }: Command): string => {
  const shown = words.map(({ pieces }) => pieces.map(showPiece).join(""));
  return `Command(${[...shown, ...redirections.map(showRedirection)].join(", ")})`;
};

const showRedirection = (redirection: Redirection): string => {
  switch (redirection.kind) {
    case "duplicate":
      return `${redirection.descriptor}>&${redirection.to}`;
    case "discard":
      return `${redirection.descriptor}>/dev/null`;
    case "empty-input":
      return "0</dev/null";
  }
};

/** Each kind of piece in its own quotes, and what stands between them is its value, taken literally. */
const showPiece = (piece: Piece): string => {
  switch (piece.kind) {
    case "bare":
      return piece.text;
    case "escaped":
      return `\\${piece.text}`;
    case "single":
      return `'${piece.text}'`;
    case "dollar-single":
      return `$'${piece.text}'`;
    case "double":
      return `"${piece.parts.map(showPart).join("")}"`;
    case "variable":
    case "substitution":
      return showExpansion(piece);
  }
};

const showPart = (part: DoublePart): string => (part.kind === "text" ? part.text : showExpansion(part));

const showExpansion = (expansion: Expansion): string =>
  expansion.kind === "variable" ? `\${${expansion.name}}` : `$(${showList(expansion.list)})`;
