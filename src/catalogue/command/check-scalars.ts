import { isUnknown } from "../../plan/unknown.js";
import type { OptionTable, ValueType } from "../service-table.js";
import { isFileReference } from "../values/file-reference.js";
import type { AwsRefusal, AwsWord, GivenOption } from "./command.js";

/**
 * The first value that the CLI itself would refuse: no number, no boolean, none of the choices.
 *
 * Problems: `aws-option-value`.
 */
export const scalarRefusal = (given: readonly GivenOption[]): AwsRefusal | undefined => {
  for (const { option, words } of given) {
    // A value that comes from a file is another rule's matter, and one that is not known yet is looked at when it is.
    const bad = words.find(({ text }) => !isFileReference(text) && !isUnknown(text) && !fits(option, text));
    if (bad !== undefined) return refuse(option, bad);
  }
  return undefined;
};

const fits = (option: OptionTable, text: string): boolean =>
  (option.choices === undefined || option.choices.includes(text)) && fitsType(elementType(option.type, text), text);

// A list may also be given as one JSON text; what is in it is judged as data.
const elementType = (type: ValueType, text: string): ValueType =>
  type.kind === "list"
    ? text.trimStart().startsWith("[")
      ? { kind: "string" }
      : elementType(type.element, text)
    : type;

const fitsType = (type: ValueType, text: string): boolean => {
  switch (type.kind) {
    case "integer":
    case "long":
      return /^\s*[+-]?\d+\s*$/.test(text);
    case "float":
      return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text);
    case "boolean":
      return /^(true|false)$/i.test(text);
    case "string":
    case "timestamp":
    case "blob":
    case "structure":
    case "map":
    case "flag":
    case "list":
      return true;
  }
};

const refuse = (option: OptionTable, { text, argument }: AwsWord): AwsRefusal => ({
  code: "aws-option-value",
  message: `\`${text}\` is no value of \`--${option.name}\``,
  hint:
    option.choices === undefined
      ? `write ${kindName(option.type)}`
      : `use one of ${option.choices
          .slice(0, 12)
          .map((each) => `\`${each}\``)
          .join(", ")}`,
  argument,
});

const kindName = (type: ValueType): string => {
  switch (type.kind) {
    case "list":
      return kindName(type.element);
    case "integer":
    case "long":
      return "a whole number";
    case "float":
      return "a number";
    case "boolean":
      return "`true` or `false`";
    default:
      return "another value";
  }
};
