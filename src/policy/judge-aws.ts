import type { AwsCommand, AwsRefusal } from "../catalogue/aws-command.js";
import { canonicalAws, profileOf } from "../catalogue/canonical-aws.js";
import { commandEffect } from "../catalogue/command-effect.js";
import type { OperationEffect } from "../catalogue/operation-effect.js";
import { readAwsCommand } from "../catalogue/read-aws-command.js";
import type { Stage } from "../plan/plan.js";
import { floorRefusal } from "./floor.js";
import type { JudgedStage } from "./judge.js";
import type { RuleBook } from "./rule-book.js";
import { decideEffect, type ModeDecision } from "./security-mode.js";
import type { CanonicalStage, Finding } from "./verdict.js";

/** Judges an aws stage: read as the CLI reads it, the floor, then the mode's word on its effect. */
export const judgeAws = (stage: Stage, index: number, book: RuleBook): JudgedStage => {
  const argv = stage.arguments.map((argument) => argument.text);
  const read = readAwsCommand(book.catalogue, argv);
  if (!read.ok) return { findings: [deny(stage, index, read.error)], stage: undefined };
  const refusal = floorRefusal(read.value, book);
  if (refusal !== undefined) return { findings: [deny(stage, index, refusal)], stage: undefined };
  const effect = commandEffect(book.catalogue, read.value);
  return { findings: [modeFinding(stage, index, read.value, effect, book)], stage: canonicalStage(read.value, effect) };
};

const canonicalStage = (command: AwsCommand, { effect }: OperationEffect): CanonicalStage => {
  const [name = "aws", ...rest] = canonicalAws(command);
  const region =
    command.kind === "operation"
      ? command.globals.find((global) => global.name === "region")?.values[0]?.text
      : undefined;
  return { kind: "aws", argv: [name, ...rest], run: command.kind, profile: profileOf(command), region, effect };
};

const deny = (stage: Stage, index: number, refusal: AwsRefusal): Finding => ({
  decision: "deny",
  stage: index,
  code: refusal.code,
  message: refusal.message,
  hint: refusal.hint,
  span: stage.arguments[refusal.argument]?.span ?? stage.span,
});

const modeFinding = (
  stage: Stage,
  index: number,
  command: AwsCommand,
  effect: OperationEffect,
  book: RuleBook,
): Finding => {
  const word = decideEffect(book.mode, effect.effect);
  const at = command.kind === "operation" ? command.operation.argument : 0;
  return {
    decision: word === "warn" ? "allow" : word,
    stage: index,
    code: word === "allow" ? "effect" : `effect-${effect.effect}`,
    message: `${nameOf(command)} is \`${effect.effect}\`: ${effect.because}`,
    hint: effectHint(word, command, effect, book),
    span: stage.arguments[at]?.span ?? stage.span,
  };
};

const nameOf = (command: AwsCommand): string =>
  command.kind === "operation" ? `\`aws ${command.service.text} ${command.operation.text}\`` : "`aws help`";

const effectHint = (word: ModeDecision, command: AwsCommand, effect: OperationEffect, book: RuleBook): string => {
  if (word === "allow" || word === "warn") return "";
  if (word === "ask")
    return "no approval can be asked for yet; a person runs this command, or use a read that answers without the secret";
  if (effect.effect === "local") return "ask for account data instead, as in `aws sts get-caller-identity`";
  const service = command.kind === "operation" ? command.service.text : "ec2";
  if (effect.effect !== "unknown")
    return `mode \`${book.mode}\` lets reads through, as in \`aws ${service} help\` shows them`;
  return `use an operation that begins with ${verbs(book)}; see \`aws ${service} help\``;
};

const verbs = (book: RuleBook): string => book.catalogue.readVerbs.map((verb) => `\`${verb}-\``).join(", ");
