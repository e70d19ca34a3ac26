import type { AwsRefusal } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import type { HostForm } from "../../catalogue/service-table.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import type { Value } from "../../catalogue/values/value.js";

/**
 * The first value that could choose the host a signed request goes to: one of a member that becomes part of the host
 * name and has not the form it must have, or any ARN whose region and account are not plain.
 *
 * Problems: `aws-value-chooses-host`.
 */
export const hostRefusal = (values: readonly GivenValue[]): AwsRefusal | undefined => {
  for (const { option, value, argument } of values) {
    const texts = option.host === "arn-keys" ? keysOf(value) : leafTexts(value);
    const bad = option.host === undefined ? undefined : texts.find((text) => !hasForm(text, option.host ?? "url"));
    const arn = bad ?? leafTexts(value).find((text) => /^arn:/i.test(text) && !isPlainArn(text));
    if (arn !== undefined) return refuse(arn, `--${option.name}`, argument);
  }
  return undefined;
};

const leafTexts = (value: Value): readonly string[] =>
  [...everyLeaf(value)].flatMap(({ leaf }) =>
    leaf.kind === "text" ? [leaf.text] : leaf.kind === "file" ? [leaf.reference] : [],
  );

const keysOf = (value: Value): readonly string[] =>
  value.kind === "map" ? value.entries.map((entry) => entry.key) : leafTexts(value);

const hasForm = (text: string, form: HostForm): boolean => {
  switch (form) {
    case "label":
      return /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(text);
    case "labels":
      return /^[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}$/.test(text);
    case "account":
      return /^\d{12}$/.test(text);
    case "arn":
    case "arn-keys":
      return text.startsWith("arn:") ? isPlainArn(text) : /^[A-Za-z0-9._-]{1,255}$/.test(text);
    case "bucket":
      return text.startsWith("arn:") ? isPlainArn(text) : /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(text);
    case "url":
      return false;
  }
};

// In an ARN's resource any character may stand; what comes before it may become a part of a host name.
const isPlainArn = (text: string): boolean => {
  const [scheme, partition = "", service = "", region = "", account = "", ...resource] = text.split(":");
  const plain =
    [partition, service].every((part) => /^[a-z0-9-]{1,63}$/.test(part)) && /^[a-z0-9-]{0,63}$/.test(region);
  return scheme === "arn" && plain && /^(\d{12}|aws|aws-managed|cloudfront|\*)?$/.test(account) && resource.length > 0;
};

const refuse = (text: string, what: string, argument: number): AwsRefusal => ({
  code: "aws-value-chooses-host",
  message: `\`${text}\` in \`${what}\` could choose the host that gets the signed request`,
  hint: "write a plain name, a 12-digit account, or an ARN with a plain region and account",
  argument,
});
