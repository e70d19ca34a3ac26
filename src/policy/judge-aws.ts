import { canonicalArgv } from "../catalogue/command/canonical.js";
import type { AwsCommand, AwsOperation, AwsRefusal } from "../catalogue/command/command.js";
import { givenValues } from "../catalogue/command/given-values.js";
import { readCommand } from "../catalogue/command/read-command.js";
import { effectNamed } from "../catalogue/effect.js";
import { err, ok, type Result } from "../language/result.js";
import type { Span } from "../language/span.js";
import type { Stage } from "../plan/plan.js";
import { commandEffect, type ReasonedEffect } from "./aws/command-effect.js";
import { type FileUse, fileUses } from "./aws/file-uses.js";
import { globalRefusal } from "./aws/global-refusal.js";
import { hostRefusal } from "./aws/host-refusal.js";
import { modeFinding } from "./aws/mode-finding.js";
import { placeFiles } from "./aws/place-files.js";
import { queryRefusal } from "./aws/query-refusal.js";
import { s3Transfer } from "./aws/s3-transfer.js";
import { urlRefusal } from "./aws/url-refusal.js";
import type { JudgedStage } from "./judge.js";
import type { RuleBook } from "./rule-book.js";
import type { CanonicalStage, Finding } from "./verdict.js";

/** Judges an aws stage: read as the CLI reads it, the floor, then the mode's word on its effect. */
export const judgeAws = (stage: Stage, index: number, book: RuleBook): JudgedStage => {
  const argv = stage.arguments.map((argument) => argument.text);
  const read = readCommand(book.catalogue, argv);
  if (!read.ok) return refused(stage, index, read.error);
  if (read.value.kind !== "operation") return helpStage(stage, index, read.value);
  const judged = judgeOperation(read.value, book);
  if (!judged.ok) return refused(stage, index, judged.error);
  const { effect, canonical } = judged.value;
  return { findings: [modeFinding(stage, index, read.value, effect, book)], stage: canonical };
};

type JudgedOperation = { readonly effect: ReasonedEffect; readonly canonical: CanonicalStage };

const judgeOperation = (command: AwsOperation, book: RuleBook): Result<JudgedOperation, AwsRefusal> => {
  const refusal = globalRefusal(command, book) ?? queryRefusal(command);
  if (refusal !== undefined) return err(refusal);
  const values = givenValues(command);
  if (!values.ok) return values;
  const host = hostRefusal(values.value) ?? (book.fetchesUrls ? urlRefusal(values.value) : undefined);
  if (host !== undefined) return err(host);
  const files = fileUses(command, values.value, book.workspace);
  if (!files.ok) return files;
  const transfer = s3Transfer(command, book.workspace, book.targets);
  if (!transfer.ok) return transfer;
  const effect = commandEffect(
    command,
    values.value,
    transfer.value === undefined ? baseEffect(command, book) : { ...transfer.value, argument: nameArgument(command) },
    book,
  );
  return ok({ effect, canonical: canonicalStage(command, effect, files.value, transfer.value?.files ?? [], book) });
};

const baseEffect = (command: AwsOperation, book: RuleBook): ReasonedEffect => {
  const { call, service, name } = command.table;
  const argument = nameArgument(command);
  const found = book.effects.of(service, name);
  if (found !== undefined) return { ...found, argument };
  const effect = call.kind === "custom" ? effectNamed(call.effect) : "unknown";
  return { effect, because: "nobody has said what it does", argument };
};

const nameArgument = (command: AwsOperation): number => (command.path.at(-1) ?? command.service).argument;

const canonicalStage = (
  command: AwsOperation,
  effect: ReasonedEffect,
  files: readonly FileUse[],
  transfer: readonly FileUse[],
  book: RuleBook,
): CanonicalStage => ({
  kind: "aws",
  argv: canonicalArgv(placeFiles(command, transfer, book)),
  run: "operation",
  profile: globalText(command, "profile"),
  region: globalText(command, "region"),
  effect: effect.effect,
  files: [...files, ...transfer].map(({ path, how }) => ({ path, how })),
});

const globalText = (command: AwsOperation, name: string): string | undefined =>
  command.globals.find(({ option }) => option.name === name)?.words[0]?.text;

const helpStage = (stage: Stage, index: number, command: Exclude<AwsCommand, AwsOperation>): JudgedStage => ({
  findings: [{ decision: "allow", stage: index, code: "help", message: "help text", hint: "", span: stage.span }],
  stage: {
    kind: "aws",
    argv: canonicalArgv(command),
    run: command.kind,
    profile: undefined,
    region: undefined,
    effect: "read",
    files: [],
  },
});

const refused = (stage: Stage, index: number, refusal: AwsRefusal): JudgedStage => ({
  findings: [denial(stage, index, refusal)],
  stage: undefined,
});

const denial = (stage: Stage, index: number, { code, message, hint, argument, part }: AwsRefusal): Finding => ({
  decision: "deny",
  stage: index,
  code,
  message,
  hint,
  span: spanOf(stage, argument, part),
});

// A word in plain quotes is its text with one character more at each end; in other spellings the whole word is shown.
const spanOf = (stage: Stage, argument: number, part: string | undefined): Span => {
  const word = stage.arguments[argument];
  if (word === undefined) return stage.span;
  const around = word.span.end - word.span.start - word.text.length;
  const at = part === undefined ? -1 : word.text.indexOf(part);
  if (part === undefined || at < 0 || (around !== 0 && around !== 2)) return word.span;
  const start = word.span.start + around / 2 + at;
  return { start, end: start + part.length };
};
