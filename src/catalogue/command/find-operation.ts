import { err, ok, type Result } from "../../language/result.js";
import { nearest } from "../nearest.js";
import type { Catalogue, OperationTable, ServiceTable } from "../service-table.js";
import type { AwsRefusal, AwsWord } from "./command.js";

/** A service and an operation by their words, and the words after them. */
export type Found = {
  readonly service: AwsWord;
  readonly path: readonly AwsWord[];
  readonly table: OperationTable;
  readonly rest: readonly AwsWord[];
};

/** The most words that an operation's name has, as in `bedrock-agent-runtime wait …`. */
const DEEPEST = 3;

/**
 * Finds the command that the first words name. Names are exact and in lower case, as in the CLI.
 *
 * Problems: `aws-no-service`, `aws-service-unknown`, `aws-no-operation`, `aws-operation-unknown`, `aws-option-early`.
 */
export const findOperation = (catalogue: Catalogue, words: readonly AwsWord[]): Result<Found, AwsRefusal> => {
  const [service, ...after] = words;
  if (service === undefined) return err(noService);
  if (service.text.startsWith("-")) return err(early(service));
  const table = catalogue.service(service.text);
  if (table === undefined) return err(unknownService(service, catalogue));
  for (let length = DEEPEST; length >= 0; length -= 1) {
    const path = after.slice(0, length);
    // One word that holds a blank is not two names.
    const isPath = path.length === length && !path.some((word) => word.text.includes(" "));
    const operation = isPath ? table.operation(path.map((word) => word.text).join(" ")) : undefined;
    if (operation !== undefined) return ok({ service, path, table: operation, rest: after.slice(length) });
  }
  return err(unknownOperation(service, after[0], after[1], table));
};

const noService: AwsRefusal = {
  code: "aws-no-service",
  message: "`aws` needs a service and an operation",
  hint: "name them, as in `aws s3 ls`, or ask with `aws help`",
  argument: 0,
};

const early = ({ text, argument }: AwsWord): AwsRefusal => ({
  code: "aws-option-early",
  message: `\`${text}\` stands before the operation and is no global option`,
  hint: "put the operation's options after its name, as in `aws ec2 describe-instances --max-items 5`",
  argument,
});

const unknownService = ({ text, argument }: AwsWord, catalogue: Catalogue): AwsRefusal => {
  const close = nearest(text.toLowerCase(), catalogue.services);
  return {
    code: "aws-service-unknown",
    message: `the AWS CLI has no service \`${text}\``,
    hint: close.length === 0 ? "list the services with `aws help`" : `did you mean ${quoted(close)}?`,
    argument,
  };
};

const unknownOperation = (
  service: AwsWord,
  word: AwsWord | undefined,
  next: AwsWord | undefined,
  table: ServiceTable,
): AwsRefusal => {
  if (word === undefined) return noOperation(service, table);
  if (word.text.startsWith("-")) return early(word);
  const below = table.names.filter((name) => name.startsWith(`${word.text} `));
  const name = below.length > 0 && next !== undefined ? `${word.text} ${next.text}` : word.text;
  const close = nearest(name.toLowerCase(), below.length > 0 ? below : table.names);
  return {
    code: "aws-operation-unknown",
    message: `\`aws ${service.text}\` has no operation \`${name}\``,
    hint: close.length === 0 ? `list them with \`aws ${service.text} help\`` : `did you mean ${quoted(close)}?`,
    argument: (below.length > 0 ? next : word)?.argument ?? word.argument,
  };
};

const noOperation = ({ text, argument }: AwsWord, table: ServiceTable): AwsRefusal => ({
  code: "aws-no-operation",
  message: `\`aws ${text}\` needs an operation`,
  hint: `for example \`aws ${text} ${table.names.find((name) => /^(list|describe|get|ls)/.test(name)) ?? table.names[0] ?? "help"}\`; see \`aws ${text} help\``,
  argument,
});

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(" or ");
