import type { DoublePart, Expansion, List, Piece, Word } from "../language/syntax.js";
import type { Steps, TemplatePart, TemplateWord } from "./plan.js";
import type { Variables } from "./plan-list.js";

/**
 * A word as the literal texts and the outputs that it is made of. A variable is a literal text: its value is a setting of
 * the server, and never split.
 *
 * @param stepsOf plans what a substitution runs
 */
export const templateWord = (word: Word, variables: Variables, stepsOf: (list: List) => Steps): TemplateWord => {
  const expansion = (each: Expansion, quoted: boolean): TemplatePart =>
    each.kind === "variable"
      ? { kind: "text", text: variables[each.name] }
      : { kind: "output", steps: stepsOf(each.list), quoted, span: each.span };
  const between = (part: DoublePart): TemplatePart =>
    part.kind === "text" ? { kind: "text", text: part.text } : expansion(part, true);
  const partsOf = (piece: Piece): readonly TemplatePart[] => {
    switch (piece.kind) {
      case "bare":
      case "escaped":
      case "single":
      case "dollar-single":
        return [{ kind: "text", text: piece.text }];
      case "double":
        // `""` is an argument, too.
        return piece.parts.length === 0 ? [{ kind: "text", text: "" }] : piece.parts.map(between);
      case "variable":
      case "substitution":
        return [expansion(piece, false)];
    }
  };
  return { parts: word.pieces.flatMap(partsOf), span: word.span };
};
