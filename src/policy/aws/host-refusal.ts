import type { AwsRefusal } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import type { HostForm, OptionTable } from "../../catalogue/service-table.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import type { Value } from "../../catalogue/values/value.js";
import { inBackticks } from "../../language/visible.js";

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
    const arn =
      bad ??
      unread(option, value) ??
      leafTexts(value).find((text) => /^\s*arn:/i.test(text) && !isArnOfLabels(text.trim()));
    if (arn !== undefined) return refuse(arn, `--${option.name}`, argument);
  }
  return undefined;
};

// What a file holds could be the member whose ARN chooses the host.
const unread = (option: OptionTable, value: Value): string | undefined => {
  if (![...option.nested.values()].includes("arn-host")) return undefined;
  const file = [...everyLeaf(value)].find(({ leaf }) => leaf.kind === "file");
  return file?.leaf.kind === "file" ? file.leaf.reference : undefined;
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

// Where no model binds the value to a host, an account that is no number (`arn:aws:acm:region:account:certificate/1`) is
// an error that AWS answers; what is one label cannot be another host.
const isArnOfLabels = (text: string): boolean => {
  const [scheme, ...parts] = text.split(":", 5);
  return scheme === "arn" && parts.every((part) => /^[A-Za-z0-9*_-]{0,63}$/.test(part));
};

const refuse = (text: string, what: string, argument: number): AwsRefusal => ({
  code: "aws-value-chooses-host",
  message: `${inBackticks(text)} in \`${what}\` could choose the host that gets the signed request`,
  hint: "write a plain name, a 12-digit account, or an ARN with a plain region and account",
  argument,
});
