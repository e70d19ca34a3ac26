import type { AwsOperation } from "../../catalogue/command/command.js";
import type { Effect } from "../../catalogue/effect.js";
import type { Stage } from "../../plan/plan.js";
import { allowedEffects } from "../custom/policy-findings.js";
import type { RuleBook } from "../rule-book.js";
import { decideCell, FIXED_EFFECTS, type ModeDecision } from "../security-mode.js";
import type { Finding } from "../verdict.js";
import type { ReasonedEffect } from "./command-effect.js";
import type { ReadOperation } from "./read-operation.js";

/** What the mode says of each of a command's effects, as findings; an `allow` rule of the operator's speaks in its place. */
export const modeFindings = (
  stage: Stage,
  index: number,
  { command, effects, facts }: ReadOperation,
  book: RuleBook,
): readonly Finding[] => {
  const allowed = book.policy === undefined ? new Set<Effect>() : allowedEffects(book.policy, facts);
  return effects.map((effect) => {
    const word = wordOn(effect.effect, allowed, book);
    return {
      decision: word === "warn" ? "allow" : word,
      stage: index,
      code: word === "allow" ? "effect" : `effect-${effect.effect}`,
      message: `\`${nameOf(command)}\` is \`${effect.effect}\`: ${effect.because}`,
      hint: hintOf(word, command, effect, book),
      span: stage.arguments[effect.argument]?.span ?? stage.span,
    };
  });
};

// Whoever asks for a mode that only reads gets no exception from it.
const wordOn = (effect: Effect, allowed: ReadonlySet<Effect>, book: RuleBook): ModeDecision => {
  const isExcepted = allowed.has(effect) && book.mode !== "read-only" && !FIXED_EFFECTS.includes(effect);
  return isExcepted ? "warn" : decideCell(book.mode, book.cells, effect);
};

const nameOf = (command: AwsOperation): string =>
  ["aws", command.service.text, ...command.path.map((word) => word.text)].join(" ");

const hintOf = (word: ModeDecision, command: AwsOperation, { effect }: ReasonedEffect, book: RuleBook): string => {
  if (word === "allow" || word === "warn") return "";
  if (word === "ask") return "it needs a person's approval; a read needs none";
  if (effect === "local") return "ask AWS instead of the server's machine, as in `aws sts get-caller-identity`";
  if (book.mode === "read-only" && effect === "sensitive-read")
    return "only reads that reveal no secret run here, as `aws secretsmanager describe-secret` does";
  if (book.mode === "read-only") return "only reads run here; use a describe, list or get operation";
  return `no command of this effect runs in mode \`${book.mode}\`; look with a read, as \`aws ${command.service.text} help\` lists them`;
};
