import type { AwsOperation, AwsRefusal } from "../../catalogue/command/command.js";
import { givenValues } from "../../catalogue/command/given-values.js";
import { effectNamed } from "../../catalogue/effect.js";
import { err, ok, type Result } from "../../language/result.js";
import type { CommandFacts } from "../custom/command-facts.js";
import { type StageFiles, textOf } from "../files.js";
import type { RuleBook } from "../rule-book.js";
import type { Input } from "../verdict.js";
import { commandEffects, type ReasonedEffect } from "./command-effect.js";
import { type FileUse, fileUses } from "./file-uses.js";
import { globalRefusal } from "./global-refusal.js";
import { hostRefusal } from "./host-refusal.js";
import { queryRefusal } from "./query-refusal.js";
import { s3Transfer, type Transfer, withSchemes } from "./s3-transfer.js";
import { urlRefusal } from "./url-refusal.js";

/** An operation that the floor lets through, with everything that rules look at. */
export type ReadOperation = {
  readonly command: AwsOperation;
  readonly facts: CommandFacts;
  /** The worst first. */
  readonly effects: readonly [ReasonedEffect, ...ReasonedEffect[]];
  /** Every file, each once. */
  readonly files: readonly FileUse[];
  /** Those of an `aws s3` transfer. */
  readonly transfer: readonly FileUse[];
};

/** What became of an operation, and the files that it reads, also where it was refused. */
export type OperationReading = {
  readonly read: Result<ReadOperation, AwsRefusal>;
  readonly inputs: readonly Omit<Input, "stage">[];
};

/**
 * Reads an operation's values, with the content of its parameter files in their place, and lays the floor under it: what
 * no mode and no rule lets through.
 */
export const readOperation = (written: AwsOperation, book: RuleBook, files: StageFiles): OperationReading => {
  const command = withSchemes(written);
  const refusal = globalRefusal(command, book) ?? queryRefusal(command);
  if (refusal !== undefined) return { read: err(refusal), inputs: [] };
  const named = filesOf(command, book, files);
  if (!named.ok) return { read: named, inputs: [] };
  return { read: readValues(command, book, files, named.value), inputs: named.value.files.flatMap(inputOf) };
};

type NamedFiles = { readonly files: readonly FileUse[]; readonly transfer: Transfer | undefined };

// A file's content can name files in its turn, so that both readings count.
const filesOf = (command: AwsOperation, book: RuleBook, files: StageFiles): Result<NamedFiles, AwsRefusal> => {
  const written = givenValues(command);
  if (!written.ok) return written;
  const uses = fileUses(command, written.value, book.workspace);
  if (!uses.ok) return uses;
  const transfer = s3Transfer(command, book.workspace, book.targets);
  if (!transfer.ok) return transfer;
  const all = [...uses.value, ...(transfer.value?.files ?? [])];
  if (!all.some(({ how }) => how === "text")) return ok({ files: all, transfer: transfer.value });
  const loaded = givenValues(command, textOf(files, book.workspace));
  // What is wrong with the content is said where it is read for good.
  if (!loaded.ok) return ok({ files: all, transfer: transfer.value });
  const more = fileUses(command, loaded.value, book.workspace);
  return more.ok ? ok({ files: distinct([...all, ...more.value]), transfer: transfer.value }) : more;
};

const distinct = (uses: readonly FileUse[]): readonly FileUse[] =>
  uses.filter(({ path, how }, index) => uses.findIndex((each) => each.path === path && each.how === how) === index);

const inputOf = ({ path, how }: FileUse): readonly Omit<Input, "stage">[] =>
  how === "write" || how === "write-folder" ? [] : [{ path, how }];

const readValues = (
  command: AwsOperation,
  book: RuleBook,
  files: StageFiles,
  { files: all, transfer }: NamedFiles,
): Result<ReadOperation, AwsRefusal> => {
  const given = givenValues(command, textOf(files, book.workspace));
  if (!given.ok) return given;
  const values = given.value;
  const refusal =
    (book.outfiles ? undefined : outfileRefusal(all, book)) ??
    hostRefusal(values) ??
    (book.fetchesUrls ? urlRefusal(values) : undefined);
  if (refusal !== undefined) return err(refusal);
  const found = commandEffects(command, values, baseEffects(command, transfer, book), book);
  const facts = { command, values, effects: found.map(({ effect }) => effect), ...circumstances(command, book) };
  return ok({ command, facts, effects: withoutRead(found), files: all, transfer: transfer?.files ?? [] });
};

type Effects = readonly [ReasonedEffect, ...ReasonedEffect[]];

// For people and for the mode what does more than read is no read; the operator's rules may speak of the read in it.
const withoutRead = (effects: Effects): Effects => {
  const [worst, ...rest] = effects;
  return [worst, ...rest.filter(({ effect }) => effect !== "read")];
};

const baseEffects = (command: AwsOperation, transfer: Transfer | undefined, book: RuleBook): Effects => {
  const argument = (command.path.at(-1) ?? command.service).argument;
  if (transfer !== undefined) {
    const [worst, ...rest] = transfer.effects;
    return [{ ...worst, argument }, ...rest.map((each) => ({ ...each, argument }))];
  }
  const { call, service, name } = command.table;
  const found = book.effects.of(service, name);
  if (found !== undefined) return [{ ...found, argument }];
  const effect = call.kind === "custom" ? effectNamed(call.effect) : "unknown";
  return [{ effect, because: "nobody has said what it does", argument }];
};

const circumstances = (command: AwsOperation, book: RuleBook) => {
  const named = (name: string): string | undefined =>
    command.globals.find(({ option }) => option.name === name)?.words[0]?.text;
  const profile = named("profile") ?? book.profiles[0];
  const region = named("region") ?? book.regions.get(profile) ?? "us-east-1";
  return { profile, region: plainRegion(region), account: book.accounts.get(named("profile") ?? "") };
};

// botocore takes these to mean the region with its FIPS endpoints (`botocore.utils`, `fips-us-east-1`, `us-east-1-fips`).
const plainRegion = (region: string): string => region.replace(/^fips-|-fips$|(?<=-)fips-/, "");

const outfileRefusal = (files: readonly FileUse[], { workspace }: RuleBook): AwsRefusal | undefined => {
  const file = files.find(({ how }) => how === "write" || how === "write-folder");
  if (file === undefined) return undefined;
  return {
    code: "aws-outfile-refused",
    message: `it would write \`${file.path.slice(workspace.length + 1) || "."}\` in the workspace, and here nothing is written`,
    hint: "write `-` in place of the file, or send it to `aws_cli_pipeline`",
    argument: file.argument,
  };
};
