import type { AwsRefusal } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";

/**
 * The first value that AWS CLI version 1 would fetch from the network (`cli_follow_urlparam`); version 2 takes it as
 * text. An option that takes a URL is one of those that version 1 leaves alone.
 *
 * Problems: `aws-value-fetched`.
 */
export const urlRefusal = (values: readonly GivenValue[]): AwsRefusal | undefined => {
  for (const { option, value, argument } of values) {
    if (option.mark === "url") continue;
    for (const { leaf } of everyLeaf(value))
      if (leaf.kind === "text" && /^https?:\/\//i.test(leaf.text)) return refuse(leaf.text, argument);
  }
  return undefined;
};

const refuse = (text: string, argument: number): AwsRefusal => ({
  code: "aws-value-fetched",
  message: `AWS CLI version 1 would fetch \`${text}\` and send what it finds`,
  hint: "the operator installs AWS CLI v2, which takes the value as it is",
  argument,
});
