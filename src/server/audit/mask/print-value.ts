import type { Entry, Value } from "../../../catalogue/values/value.js";
import { withUnknownShown } from "../../../plan/unknown.js";

/** A value as JSON on one line; numbers as they were written. */
export const printJson = (value: Value): string => {
  switch (value.kind) {
    case "text":
    case "unknown":
      return JSON.stringify(withUnknownShown(value.text));
    case "file":
      return JSON.stringify(value.reference);
    case "number":
      return value.text;
    case "boolean":
      return String(value.value);
    case "null":
      return "null";
    case "list":
      return `[${value.items.map(printJson).join(",")}]`;
    case "map":
      return `{${value.entries.map((entry) => `${JSON.stringify(entry.key)}:${printJson(entry.value)}`).join(",")}}`;
  }
};

/** A map as the AWS CLI's shorthand syntax has it: `Key=a,Values=[b,c]`; anything else as a value inside of one. */
export const printShorthand = (value: Value): string =>
  value.kind === "map" ? value.entries.map(pair).join(",") : nested(value);

const pair = ({ key, value }: Entry): string => `${key}${value.kind === "file" ? "@=" : "="}${nested(value)}`;

const nested = (value: Value): string => {
  switch (value.kind) {
    case "text":
    case "unknown":
      return word(withUnknownShown(value.text));
    case "file":
      return word(value.reference);
    case "number":
      return value.text;
    case "boolean":
      return String(value.value);
    case "null":
      return "null";
    case "list":
      return `[${value.items.map(nested).join(",")}]`;
    case "map":
      return `{${value.entries.map(pair).join(",")}}`;
  }
};

// In single quotes where a character would mean something.
const word = (text: string): string =>
  /^[^\s,=[\]{}'"\\]*$/.test(text) ? text : `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
