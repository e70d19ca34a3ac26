import type { Problem } from "../language/problem.js";
import { err, ok, type Result } from "../language/result.js";
import type { Span } from "../language/span.js";
import type { Argument, Stage, TemplatePart, TemplateWord } from "./plan.js";
import { sizeProblem } from "./sizes.js";

type OutputPart = Extract<TemplatePart, { kind: "output" }>;

/**
 * The stage with what its substitutions gave in their places, as data: nothing in it is read as quotes, operators,
 * patterns or expansions. Unquoted output is divided at blanks and newlines (POSIX, 2.6.5 "Field Splitting", with IFS as
 * it is by default); newlines at its end are left out (2.6.3 "Command Substitution").
 *
 * @param outputOf what a part's commands have written
 *
 * Problems: `expansion-empty`, and those of `sizeProblem`.
 */
export const fillStage = (stage: Stage, outputOf: (part: OutputPart) => string): Result<Stage, Problem> => {
  if (stage.template === undefined) return ok(stage);
  const all: Argument[] = [];
  for (const word of stage.template) {
    const nothing = word.parts.find((part) => part.kind === "output" && outputOf(part).trim() === "");
    if (nothing?.kind === "output") return err(emptyExpansion(nothing.span));
    all.push(...fieldsOf(word, outputOf));
  }
  const [first, ...rest] = all;
  if (first === undefined) throw new Error("a command without words was planned");
  const filled: Stage = { arguments: [first, ...rest], span: stage.span, streams: stage.streams };
  const problem = sizeProblem(filled);
  return problem === undefined ? ok(filled) : err(problem);
};

const fieldsOf = ({ parts, span }: TemplateWord, outputOf: (part: OutputPart) => string): readonly Argument[] => {
  const fields: Argument[] = [];
  let field: Field | undefined;
  const end = (): void => {
    if (field !== undefined) fields.push(argumentOf(field, span));
    field = undefined;
  };
  for (const part of parts) {
    if (part.kind === "text") {
      field = joined(field, part.text, false);
      continue;
    }
    const output = outputOf(part).replace(/\n+$/, "");
    for (const piece of part.quoted ? [output] : output.split(/([ \t\n]+)/)) {
      if (!part.quoted && /^[ \t\n]/.test(piece)) end();
      else if (part.quoted || piece !== "") field = joined(field, piece, true);
    }
  }
  end();
  return fields;
};

type Field = { readonly text: string; readonly expanded: readonly Span[] };

const joined = (field: Field = { text: "", expanded: [] }, text: string, isExpanded: boolean): Field => {
  const where = { start: field.text.length, end: field.text.length + text.length };
  return { text: field.text + text, expanded: isExpanded ? [...field.expanded, where] : field.expanded };
};

const argumentOf = ({ text, expanded }: Field, span: Span): Argument =>
  expanded.length === 0 ? { text, span } : { text, span, expanded };

const emptyExpansion = (span: Span): Problem => ({
  code: "expansion-empty",
  message: "the command in `$(…)` gave no output, and nothing in its place could mean everything",
  hint: "run the inner command in a call of its own to see what it gives",
  span,
});
