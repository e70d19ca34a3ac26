/** One of the ways in which a command's values can be written down without changing what they mean. */
export type Spelling = {
  /** Structures as JSON, with blanks after nothing, after colons, or after colons and commas; or as shorthand. */
  readonly structures: "json" | "json-colon" | "json-blanks" | "shorthand";
  /** A list of one scalar as the scalar; besides, each scalar of a list under the list's name; or each scalar in a list. */
  readonly lists: "unwrapped" | "spread" | "wrapped";
  /** `true`, `false` and numbers as such or in quotes: shorthand and JSON differ in that. */
  readonly scalars: "bare" | "quoted";
  /** The quotes around words. */
  readonly quotes: "none" | "needed" | "single" | "double";
  /** What stands between an option and its value. */
  readonly joiner: " " | "=";
};

/** The spellings that a pattern may have been written for; without structured values many are the same. */
export const spellingsFor = (pattern: string, isStructured: boolean): readonly Spelling[] => {
  const structures = isStructured ? structuresFor(pattern) : (["json"] as const);
  const lists = /\\\[|\[\[/.test(pattern)
    ? (["unwrapped", "spread", "wrapped"] as const)
    : (["unwrapped", "spread"] as const);
  const scalars = isStructured && pattern.includes('"') ? (["bare", "quoted"] as const) : (["bare"] as const);
  const quotes = QUOTED_VALUE.test(pattern)
    ? (["none", "needed", "single", "double"] as const)
    : pattern.includes("'")
      ? (["none", "needed"] as const)
      : (["none"] as const);
  const joiners = /--[a-z0-9-]+(?:\\?=|\[[^\]]*=)/.test(pattern) ? ([" ", "="] as const) : ([" "] as const);
  return structures.flatMap((structure) =>
    lists.flatMap((list) =>
      scalars.flatMap((scalar) =>
        quotes.flatMap((quote) =>
          joiners.map((joiner) => ({
            structures: structure,
            lists: list,
            scalars: scalar,
            quotes: quote,
            joiner,
          })),
        ),
      ),
    ),
  );
};

const QUOTED_VALUE = /--[a-z0-9-]+(?:\\s[+*]?|\[[ =]+\]|[ =])[([]?\\?["']/;

const structuresFor = (pattern: string): readonly Spelling["structures"][] => [
  "json",
  // A blank that must be there, beside what stands between JSON's values.
  ...(/["\]}:,](?: |\\s(?![*?])|\[ )/.test(pattern) ? (["json-colon", "json-blanks"] as const) : []),
  ...(/[a-z]\\?=/i.test(pattern) ? (["shorthand"] as const) : []),
];
