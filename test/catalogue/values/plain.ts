import type { Value } from "../../../src/catalogue/values/value.js";
import type { Plain } from "./ask-cli.js";

/** Our value in the words of `ask_cli.py`. Floats are compared as the number that they are, integers by all their digits. */
export const plain = (value: Value): Plain => {
  switch (value.kind) {
    case "text":
      return ["text", value.text];
    case "number":
      return /^-?\d+$/.test(value.text) ? ["integer", String(BigInt(value.text))] : ["float", Number(value.text)];
    case "boolean":
      return ["boolean", value.value];
    case "null":
      return ["null"];
    case "file":
      return ["file", value.reference];
    case "unknown":
      return ["unknown", value.text];
    case "list":
      return ["list", value.items.map(plain)];
    case "map":
      return ["map", value.entries.map((entry) => [entry.key, plain(entry.value)])];
  }
};

/** The CLI's value with its floats read as numbers. */
export const readFloats = (value: Plain): Plain => {
  const [kind, inside] = value;
  if (kind === "float") return ["float", Number(inside)];
  if (kind === "list") return ["list", (inside as Plain[]).map(readFloats)];
  if (kind === "map") return ["map", (inside as [string, Plain][]).map(([key, each]) => [key, readFloats(each)])];
  return value;
};
