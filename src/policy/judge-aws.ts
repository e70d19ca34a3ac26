import { canonicalArgv } from "../catalogue/command/canonical.js";
import type { AwsCommand, AwsOperation, AwsRefusal } from "../catalogue/command/command.js";
import { readCommand } from "../catalogue/command/read-command.js";
import type { Span } from "../language/span.js";
import type { Stage } from "../plan/plan.js";
import type { Streams } from "../plan/streams.js";
import { expandedRefusal } from "./aws/expanded-refusal.js";
import { misreadExpansion } from "./aws/misread-expansion.js";
import { modeFindings } from "./aws/mode-findings.js";
import { placeFiles } from "./aws/place-files.js";
import { type ReadOperation, readOperation } from "./aws/read-operation.js";
import { BY_SETTINGS, limitFindings } from "./custom/limit-findings.js";
import { policyFindings, type RuleFinding } from "./custom/policy-findings.js";
import type { StageFiles } from "./files.js";
import type { JudgedStage } from "./judge.js";
import type { RuleBook } from "./rule-book.js";
import type { CanonicalStage, Finding, StageFile } from "./verdict.js";

/**
 * Judges an aws stage: read as the CLI reads it, the floor, the operator's limits, the mode's word on each effect, the
 * operator's rules. The finding that speaks is the first of the strictest, so this order is also that of the reasons.
 */
export const judgeAws = (stage: Stage, index: number, book: RuleBook, files: StageFiles): JudgedStage => {
  const argv = stage.arguments.map((argument) => argument.text);
  const read = readCommand(book.catalogue, argv);
  if (!read.ok) return refused(stage, index, misreadExpansion(read.error, stage.arguments));
  const misplaced = expandedRefusal(read.value, stage.arguments);
  if (misplaced !== undefined) return refused(stage, index, misplaced);
  if (read.value.kind !== "operation") return helpStage(stage, index, read.value, book);
  const operation = readOperation(read.value, book, files);
  const inputs = operation.inputs.map((input) => ({ ...input, stage: index }));
  if (!operation.read.ok) return { ...refused(stage, index, operation.read.error), inputs };
  return {
    findings: findingsOf(stage, index, operation.read.value, book),
    stage: canonicalStage(operation.read.value, stage.streams, files, book),
    inputs,
  };
};

const findingsOf = (stage: Stage, index: number, read: ReadOperation, book: RuleBook): readonly Finding[] => {
  const set = limitFindings(book.limits, read.facts, BY_SETTINGS);
  const own = book.policy === undefined ? [] : policyFindings(book.policy, read.facts);
  const found = [...set, ...own].map(ruled(stage, index));
  const limits = found.filter(({ code }) => LIMITS.has(code));
  const rules = found.filter(({ code }) => !LIMITS.has(code));
  return [...limits, ...modeFindings(stage, index, read, book), ...rules];
};

const LIMITS = new Set(["account-refused", "account-unknown", "profile-limited", "region-refused"]);

const ruled =
  (stage: Stage, index: number) =>
  ({ decision, code, message, hint, argument }: RuleFinding): Finding => ({
    decision,
    stage: index,
    code,
    message,
    hint,
    span: stage.arguments[argument]?.span ?? stage.span,
  });

const canonicalStage = (
  { command, effects, files: uses, transfer, facts }: ReadOperation,
  streams: Streams,
  files: StageFiles,
  book: RuleBook,
): CanonicalStage => {
  const [worst, ...rest] = effects;
  return {
    kind: "aws",
    argv: canonicalArgv(placeFiles(command, transfer, book)),
    run: "operation",
    operation: command.path.map((word) => word.text).join(" "),
    profile: command.globals.find(({ option }) => option.name === "profile")?.words[0]?.text,
    region: facts.region,
    effects: [worst.effect, ...rest.map(({ effect }) => effect)],
    files: uses.map(({ path, how }): StageFile => ({ path, how, sha256: files(path)?.sha256 })),
    streams,
  };
};

const helpStage = (
  stage: Stage,
  index: number,
  command: Exclude<AwsCommand, AwsOperation>,
  book: RuleBook,
): JudgedStage => ({
  findings: [{ decision: "allow", stage: index, code: "help", message: "help text", hint: "", span: stage.span }],
  stage: {
    kind: "aws",
    argv: canonicalArgv(command),
    run: command.kind,
    operation: command.kind,
    profile: undefined,
    region: book.regions.get(book.profiles[0]) ?? "us-east-1",
    effects: ["read"],
    files: [],
    streams: stage.streams,
  },
  inputs: [],
});

const refused = (stage: Stage, index: number, refusal: AwsRefusal): JudgedStage => ({
  findings: [denial(stage, index, refusal)],
  stage: undefined,
  inputs: [],
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
