/** What JSON can hold. */
export type Json = string | number | boolean | readonly Json[] | JsonObject;

export type JsonObject = { readonly [name: string]: Json };

/** Characters of a line, as biome.json has them. */
const WIDTH = 120;

/** A file of JSON as Biome formats it: one member a line, and a list on one line where all of it fits. */
export const jsonText = (value: Json): string => `${written(value, "", 0)}\n`;

/** @param before characters on the line where the value begins, and the comma behind it */
const written = (value: Json, indent: string, before: number): string => {
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    const line = `[${value.map((each) => JSON.stringify(each)).join(", ")}]`;
    const isShort = value.every((each) => typeof each !== "object") && before + line.length <= WIDTH;
    return isShort
      ? line
      : block(
          "[",
          value.map((each) => written(each, inner, inner.length + 1)),
          "]",
          indent,
        );
  }
  const members = Object.entries(value).map(([name, each]) => {
    const key = `${JSON.stringify(name)}: `;
    return `${key}${written(each, inner, inner.length + key.length + 1)}`;
  });
  return members.length === 0 ? "{}" : block("{", members, "}", indent);
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const block = (open: string, parts: readonly string[], close: string, indent: string): string =>
  `${open}\n${parts.map((part) => `${indent}  ${part}`).join(",\n")}\n${indent}${close}`;
