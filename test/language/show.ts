import type { Problem } from "../../src/language/problem.js";
import type { Result } from "../../src/language/result.js";
import type { Piece, Pipeline } from "../../src/language/syntax.js";

/** A parser's answer as the corpus writes it. */
export const show = (parsed: Result<Pipeline, Problem>): string =>
  parsed.ok ? showPipeline(parsed.value) : showProblem(parsed.error);

const showProblem = ({ code, span }: Problem): string => `Problem(${code}, ${span.start}..${span.end})`;

const showPipeline = (pipeline: Pipeline): string => {
  const commands = pipeline.commands.map(
    ({ words }) => `Command(${words.map(({ pieces }) => pieces.map(showPiece).join("")).join(", ")})`,
  );
  return `Pipeline(${commands.join(", ")})`;
};

/** Each kind of piece in its own quotes, and what stands between them is its value, taken literally. */
const showPiece = ({ kind, text }: Piece): string => {
  switch (kind) {
    case "bare":
      return text;
    case "escaped":
      return `\\${text}`;
    case "single":
      return `'${text}'`;
    case "double":
      return `"${text}"`;
  }
};
