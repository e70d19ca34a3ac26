import { plainScalar } from "../../catalogue/rules/argument-test.js";
import type { Leaf, Value } from "../../catalogue/values/value.js";
import type { TextOption } from "./command-text.js";

/**
 * The options as they were given and, where that differs, with numbers and booleans as the AWS CLI reads them: `22` for
 * `022`. The catalogue does not know of every member whether it is a number, so that both count; twelve digits may be an
 * account beside a number and are kept once more.
 */
export const withPlainOptions = (options: readonly TextOption[]): readonly (readonly TextOption[])[] => {
  const all = [
    options,
    mapped(options, plainScalar),
    mapped(options, (text) => (isAccount(text) ? text : plainScalar(text))),
  ];
  const seen = all.map((each) => JSON.stringify(each));
  return all.filter((_, index) => seen.indexOf(seen[index] ?? "") === index);
};

const isAccount = (text: string): boolean => /^\d{12}$/.test(text);

type Spell = (text: string) => string;

const mapped = (options: readonly TextOption[], spell: Spell): readonly TextOption[] =>
  options.map((option) => ({ ...option, value: mappedValue(option.value, spell) }));

const mappedValue = (value: Value, spell: Spell): Value => {
  switch (value.kind) {
    case "list":
      return { kind: "list", items: value.items.map((item) => mappedValue(item, spell)) };
    case "map":
      return {
        kind: "map",
        entries: value.entries.map((entry) => ({ ...entry, value: mappedValue(entry.value, spell) })),
      };
    case "text":
    case "number":
      return mappedLeaf(value, spell);
    case "boolean":
    case "null":
    case "file":
    case "unknown":
      return value;
  }
};

const mappedLeaf = (leaf: Extract<Leaf, { readonly text: string }>, spell: Spell): Leaf => {
  const text = spell(leaf.text);
  return text === leaf.text ? leaf : { kind: "text", text };
};
