import type { AwsCommand, AwsGlobal, AwsOption, AwsRefusal, AwsValue } from "../catalogue/aws-command.js";
import { knownCommand } from "../catalogue/operation-effect.js";
import type { RuleBook } from "./rule-book.js";

type Operation = Extract<AwsCommand, { readonly kind: "operation" }>;

/**
 * The first thing in an aws command that no mode lets through: a refused global option, somebody else's endpoint or
 * profile, a value that the CLI would read from a file, a value that would choose the host.
 */
export const floorRefusal = (command: AwsCommand, book: RuleBook): AwsRefusal | undefined => {
  if (command.kind !== "operation") return undefined;
  return (
    firstOf(command.globals, (global) => globalRefusal(global, book)) ??
    firstOf(command.options, (option) => optionRefusal(option, book)) ??
    operandRefusal(command, book)
  );
};

const firstOf = <T>(items: readonly T[], refusal: (item: T) => AwsRefusal | undefined): AwsRefusal | undefined => {
  for (const item of items) {
    const found = refusal(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

const globalRefusal = (global: AwsGlobal, book: RuleBook): AwsRefusal | undefined => {
  const { option, argument } = global;
  const text = global.values[0]?.text ?? "";
  if (option.refuse !== undefined)
    return floor(
      argument,
      `\`--${option.name}\` is never let through: it ${option.refuse}`,
      option.instead ?? "leave the option out",
    );
  if (option.floor === "endpoint" && text !== book.endpoint) return foreignEndpoint(argument, book);
  if (option.floor === "profile" && !book.profiles.includes(text)) return foreignProfile(text, argument, book);
  if (option.choices !== undefined && !option.choices.includes(text)) return badChoice(global, text);
  if (option.value === "integer" && !/^\d{1,6}$/.test(text)) return badInteger(global, text);
  return hostRefusal(global, book);
};

const optionRefusal = (option: AwsOption, book: RuleBook): AwsRefusal | undefined =>
  firstOf(option.values, fileRefusal) ?? hostRefusal(option, book) ?? firstOf(option.values, arnRefusal);

const operandRefusal = (command: Operation, book: RuleBook): AwsRefusal | undefined => {
  const known = knownCommand(book.catalogue, command.service.text, command.operation.text);
  if (known === undefined) return undefined;
  const extra = command.operands[known.operands.most];
  if (extra !== undefined)
    return {
      code: "aws-operand",
      message: `\`${extra.text}\` is one operand too many`,
      hint: "name one at a time",
      argument: extra.argument,
    };
  const pattern = new RegExp(`^(?:${known.operands.pattern})$`, "s");
  const bad = command.operands.find((operand) => !pattern.test(operand.text));
  if (bad === undefined) return undefined;
  return {
    code: "aws-operand",
    message: `\`${bad.text}\` is not ${known.operands.what}`,
    hint: "write it as in `s3://bucket/prefix/`",
    argument: bad.argument,
  };
};

// `file://` and `fileb://` load a file (awscli/paramfile.py), after expanding `~` and `$NAME`; `Key@=file://…` does so
// inside shorthand, with blanks around `@=`; `http://` is fetched by version 1.
const fileRefusal = (value: AwsValue): AwsRefusal | undefined => {
  if (!/^\s*(?:fileb?|https?):\/\//i.test(value.text) && !/@\s*=/.test(value.text)) return undefined;
  return {
    code: "aws-value-from-file",
    message: `the AWS CLI would load \`${value.text}\` from a file or an address`,
    hint: "write the value itself",
    argument: value.argument,
  };
};

const hostRefusal = (option: AwsOption, book: RuleBook): AwsRefusal | undefined => {
  const rule = book.catalogue.hostOptions.find((entry) => entry.name === option.name);
  if (rule === undefined) return undefined;
  const pattern = new RegExp(`^(?:${rule.pattern})$`);
  const bad = option.values.find((value) => !pattern.test(value.text));
  return bad === undefined ? undefined : hostChoice(`--${option.name}`, bad);
};

// An ARN's region and account become parts of a host name in several services (endpoint rules, `hostPrefix`).
const arnRefusal = (value: AwsValue): AwsRefusal | undefined => {
  if (!value.text.startsWith("arn:")) return undefined;
  const [, partition = "", service = "", region = "", account = ""] = value.text.split(":");
  const plain =
    [partition, service, region].every((part) => /^[a-z0-9-]{0,63}$/.test(part)) &&
    /^(\d{12}|aws|cloudfront)?$/.test(account);
  return plain ? undefined : hostChoice("an ARN", value);
};

const hostChoice = (what: string, value: AwsValue): AwsRefusal => ({
  code: "aws-value-chooses-host",
  message: `\`${value.text}\` as ${what} could choose the host that gets the signed request`,
  hint: "write a plain name, a 12-digit account id, or an ARN with a plain region and account",
  argument: value.argument,
});

const floor = (argument: number, message: string, hint: string): AwsRefusal => ({
  code: "aws-option-refused",
  message,
  hint,
  argument,
});

const foreignEndpoint = (argument: number, book: RuleBook): AwsRefusal =>
  floor(
    argument,
    "`--endpoint-url` sends signed requests to an address of the command's choice",
    book.endpoint === undefined
      ? "leave the option out"
      : "leave the option out; the operator's endpoint is used anyway",
  );

const foreignProfile = (profile: string, argument: number, book: RuleBook): AwsRefusal => ({
  code: "aws-profile-refused",
  message: `profile \`${profile}\` is not one this server may use`,
  hint: `use ${book.profiles.map((name) => `\`--profile ${name}\``).join(" or ")}, or have AWS_MCP_ALLOWED_PROFILES name it`,
  argument,
});

const badChoice = (global: AwsGlobal, text: string): AwsRefusal => ({
  code: "aws-option-value",
  message: `\`${text}\` is no value of \`--${global.name}\``,
  hint: `use one of ${(global.option.choices ?? []).map((choice) => `\`${choice}\``).join(", ")}`,
  argument: global.argument,
});

const badInteger = (global: AwsGlobal, text: string): AwsRefusal => ({
  code: "aws-option-value",
  message: `\`${text}\` is no whole number of seconds`,
  hint: `write \`--${global.name} 30\``,
  argument: global.argument,
});
