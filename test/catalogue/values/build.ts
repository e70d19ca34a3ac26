import { type Leaf, listValue, mapValue, textValue, type Value } from "../../../src/catalogue/values/value.js";

/** A value from a JavaScript one: strings are text, arrays lists, objects maps; what is a value already stays one. */
export const value = (from: From): Value => {
  if (typeof from === "string") return textValue(from);
  if (typeof from === "boolean") return { kind: "boolean", value: from };
  if (Array.isArray(from)) return listValue(from.map(value));
  if (isLeaf(from)) return from;
  return mapValue(Object.entries(from).map(([key, each]) => ({ key, value: value(each) })));
};

export type From = string | boolean | Leaf | readonly From[] | { readonly [key: string]: From };

// Of the maps in the tests none has a key `kind`.
const isLeaf = (from: From): from is Leaf => typeof from === "object" && "kind" in from;

export const file = (reference: string): Leaf => ({ kind: "file", reference });

/** A text that is not known yet, with one of the characters of `unknown.ts`. */
export const unknown = (text: string): Leaf => ({ kind: "unknown", text });

export const number = (text: string): Leaf => ({ kind: "number", text });

export const nothing: Leaf = { kind: "null" };
