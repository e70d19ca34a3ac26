import { err, ok, type Result } from "../../language/result.js";
import type { Catalogue } from "../service-table.js";
import { assignWords } from "./assign-words.js";
import { missingRequired } from "./check-required.js";
import { scalarRefusal } from "./check-scalars.js";
import type { AwsCommand, AwsOperation, AwsRefusal, AwsWord } from "./command.js";
import { findOperation } from "./find-operation.js";
import { splitGlobals } from "./split-globals.js";

/**
 * Reads the argv of an aws stage as the AWS CLI's parsers do, one after the other: global options, service, operation,
 * the operation's own options and operands. Names come out in full; what the readings could disagree about is refused.
 *
 * Problems: those of `splitGlobals`, `findOperation` and `assignWords`, `aws-option-missing`, `aws-help-misplaced`.
 */
export const readCommand = (catalogue: Catalogue, argv: readonly string[]): Result<AwsCommand, AwsRefusal> => {
  if (argv.length === 2 && argv[1] === "--version") return ok({ kind: "version" });
  const help = helpWords(catalogue, argv);
  if (help !== undefined) return ok({ kind: "help", words: help });
  const misplaced = argv.findIndex((word) => word === "--help" || word === "--version");
  if (misplaced > 0) return err(misplacedHelp(argv[misplaced] ?? "", misplaced));
  return readOperation(
    catalogue,
    argv.slice(1).map((text, index) => ({ text, argument: index + 1 })),
  );
};

/** A service, an operation: lower-case words joined by hyphens. */
export const isName = (word: string): boolean => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(word);

// `help` means help only as the last word directly after names that are a command or a group of commands, with nothing
// left over: `cloudwatch delete-alarms --alarm-names prod help` deletes an alarm named help, and `configure set s3 help`
// sets one.
const helpWords = (catalogue: Catalogue, argv: readonly string[]): readonly string[] | undefined => {
  const last = argv.at(-1);
  if (argv.length < 2 || (last !== "help" && last !== "--help")) return undefined;
  const [service, ...path] = argv.slice(1, -1);
  if (service === undefined) return ["help"];
  const names = catalogue.service(service)?.names;
  const wanted = path.join(" ");
  const isCommand =
    names !== undefined && (wanted === "" || names.some((name) => name === wanted || name.startsWith(`${wanted} `)));
  return isCommand && path.every(isName) ? [service, ...path, "help"] : undefined;
};

const misplacedHelp = (word: string, argument: number): AwsRefusal => ({
  code: "aws-help-misplaced",
  message: `\`${word}\` counts only directly after a service or an operation`,
  hint: "ask with `aws s3 ls help`, without any option",
  argument,
});

const readOperation = (catalogue: Catalogue, words: readonly AwsWord[]): Result<AwsOperation, AwsRefusal> => {
  const split = splitGlobals(catalogue.globals.options, words);
  if (!split.ok) return split;
  const found = findOperation(catalogue, split.value.rest);
  if (!found.ok) return found;
  const { service, path, table, rest } = found.value;
  const what = `\`${["aws", service.text, ...path.map((word) => word.text)].join(" ")}\``;
  // What is missing has no place of its own; the name that wants it is shown.
  const placed = (refusal: AwsRefusal) =>
    err({ ...refusal, argument: refusal.argument || (path.at(-1) ?? service).argument });
  const assigned = assignWords(table, rest, what);
  if (!assigned.ok) return placed(assigned.error);
  const refusal =
    scalarRefusal([...split.value.globals, ...assigned.value.options]) ??
    missingRequired(table, assigned.value.options, what);
  if (refusal !== undefined) return placed(refusal);
  return ok({ kind: "operation", service, path, table, globals: split.value.globals, ...assigned.value });
};
