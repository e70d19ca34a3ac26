import type { AwsOperation } from "../../catalogue/command/command.js";
import type { Stage } from "../../plan/plan.js";
import type { RuleBook } from "../rule-book.js";
import { decideCell, type ModeDecision } from "../security-mode.js";
import type { Finding } from "../verdict.js";
import type { ReasonedEffect } from "./command-effect.js";

/** What the mode says of a command's effect, as a finding. */
export const modeFinding = (
  stage: Stage,
  index: number,
  command: AwsOperation,
  effect: ReasonedEffect,
  book: RuleBook,
): Finding => {
  const word = decideCell(book.mode, book.cells, effect.effect);
  return {
    decision: word === "warn" ? "allow" : word,
    stage: index,
    code: word === "allow" ? "effect" : `effect-${effect.effect}`,
    message: `\`${nameOf(command)}\` is \`${effect.effect}\`: ${effect.because}`,
    hint: hintOf(word, command, effect, book),
    span: stage.arguments[effect.argument]?.span ?? stage.span,
  };
};

const nameOf = (command: AwsOperation): string =>
  ["aws", command.service.text, ...command.path.map((word) => word.text)].join(" ");

const hintOf = (word: ModeDecision, command: AwsOperation, { effect }: ReasonedEffect, book: RuleBook): string => {
  if (word === "allow" || word === "warn") return "";
  if (word === "ask")
    return "it needs a person's approval, which cannot be asked for yet; have a person run it, or use a read instead";
  if (effect === "local") return "ask AWS instead of the server's machine, as in `aws sts get-caller-identity`";
  if (book.mode === "read-only") return "this server only reads; use a describe, list or get operation";
  return `no command of this effect runs in mode \`${book.mode}\`; look with a read, as \`aws ${command.service.text} help\` lists them`;
};
