import type { AwsOperation, AwsRefusal, GivenOption } from "../../catalogue/command/command.js";
import type { RuleBook } from "../rule-book.js";

/**
 * The first global option that no mode lets through: refused for what it does, or for an endpoint, a profile or a
 * region that is not the operator's to give.
 *
 * Problems: `aws-option-refused`, `aws-profile-refused`, `aws-value-chooses-host`.
 */
export const globalRefusal = (command: AwsOperation, book: RuleBook): AwsRefusal | undefined => {
  for (const given of [...command.globals, ...command.options]) {
    const refusal = refusedByName(given, book) ?? refusedByValue(given, book);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
};

const refusedByName = ({ option, argument }: GivenOption, book: RuleBook): AwsRefusal | undefined => {
  const rule = book.refusedOptions.find((each) => each.name === option.name);
  if (rule === undefined) return undefined;
  return {
    code: "aws-option-refused",
    message: `\`--${rule.name}\` is never let through: it ${rule.because}`,
    hint: rule.instead,
    argument,
  };
};

const refusedByValue = ({ option, words, argument }: GivenOption, book: RuleBook): AwsRefusal | undefined => {
  const text = words[0]?.text ?? "";
  switch (option.name) {
    case "endpoint-url":
      return text === book.endpoint ? undefined : foreignEndpoint(argument, book);
    case "profile":
      return book.profiles.includes(text) ? undefined : foreignProfile(text, argument, book);
    case "region":
      return /^[a-z0-9]+(-[a-z0-9]+){0,6}$/.test(text) ? undefined : badRegion(text, argument);
    default:
      return undefined;
  }
};

const foreignEndpoint = (argument: number, book: RuleBook): AwsRefusal => ({
  code: "aws-option-refused",
  message: "`--endpoint-url` sends signed requests to an address of the command's choice",
  hint:
    book.endpoint === undefined
      ? "leave the option out"
      : "leave the option out; the operator's endpoint is used anyway",
  argument,
});

const foreignProfile = (profile: string, argument: number, book: RuleBook): AwsRefusal => ({
  code: "aws-profile-refused",
  message: `profile \`${profile}\` is not one this server may use`,
  hint: `use ${book.profiles.map((name) => `\`--profile ${name}\``).join(" or ")}, or have AWS_MCP_ALLOWED_PROFILES name it`,
  argument,
});

const badRegion = (text: string, argument: number): AwsRefusal => ({
  code: "aws-value-chooses-host",
  message: `\`${text}\` is no region's name, and a region is a part of the host's name`,
  hint: "write it as in `--region us-east-1`",
  argument,
});
