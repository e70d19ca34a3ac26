import { parseStrictJson } from "../values/strict-json.js";
import type { MapValue, Value } from "../values/value.js";

/** Whether a policy document lets anybody in. One that cannot be read does, for all we know. */
export const principalWildcard = (document: Value): boolean =>
  someAllow(document, (statement) => {
    if (member(statement, "notprincipal").length > 0) return true;
    return member(statement, "principal").flatMap(texts).some(isAnybody);
  });

/** Whether a policy document allows every action, of all services or of one. */
export const actionWildcard = (document: Value): boolean =>
  someAllow(document, (statement) => {
    if (member(statement, "notaction").length > 0) return true;
    return member(statement, "action")
      .flatMap(texts)
      .some((action) => /^(?:\*+|[\w*-]+:\*+)$/.test(action.trim()));
  });

const someAllow = (document: Value, opens: (statement: MapValue) => boolean): boolean => {
  const policy = document.kind === "text" ? read(document.text) : document;
  if (policy?.kind !== "map") return true;
  return member(policy, "statement").some((statement) => {
    if (statement.kind !== "map") return true;
    const denies = member(statement, "effect").some((effect) => texts(effect).includes("Deny"));
    return !denies && opens(statement);
  });
};

const read = (text: string): Value | undefined => {
  const json = parseStrictJson(text.trim());
  return json.ok ? json.value : undefined;
};

// Element names count in any case: a reader that takes `statement` for `Statement` must not find less than we do.
const member = (map: MapValue, name: string): readonly Value[] =>
  map.entries.filter(({ key }) => key.toLowerCase() === name).flatMap(({ value }) => items(value));

const items = (value: Value): readonly Value[] => (value.kind === "list" ? value.items.flatMap(items) : [value]);

const texts = (value: Value): readonly string[] => {
  switch (value.kind) {
    case "text":
      return [value.text];
    case "list":
      return value.items.flatMap(texts);
    case "map":
      return value.entries.flatMap((entry) => texts(entry.value));
    case "number":
    case "boolean":
    case "null":
      return [];
    case "file":
    case "unknown":
      return ["*"];
  }
};

// `*`, and an ARN whose account is a pattern
const isAnybody = (principal: string): boolean =>
  /^\*+$/.test(principal.trim()) || /^arn:[^:]*:[^:]*:[^:]*:[^:]*\*/.test(principal);
