import type { Entry, Leaf, Value } from "../../catalogue/values/value.js";
import type { Ranks } from "./pattern-ranks.js";
import type { Spelling } from "./spelling.js";

/** The words of an option's value, in groups that each follow the option's name; one group but where lists are spread. */
export const spellValue = (value: Value, spelling: Spelling, ranks: Ranks): readonly (readonly string[])[] => {
  if (value.kind !== "list") return [[spellOne(value, spelling, ranks)]];
  if (spelling.lists === "wrapped") return [[json(value, spelling, ranks)]];
  if (value.items.every(isLeaf) && spelling.lists === "unwrapped") return [value.items.map(leafText)];
  if (spelling.structures !== "shorthand" && spelling.lists === "unwrapped") return [[json(value, spelling, ranks)]];
  const words = value.items.map((item) => spellOne(item, spelling, ranks));
  return spelling.lists === "spread" && words.length > 0 ? words.map((word) => [word]) : [words];
};

const spellOne = (value: Value, spelling: Spelling, ranks: Ranks): string => {
  if (isLeaf(value)) return leafText(value);
  return spelling.structures === "shorthand" ? shorthand(value, spelling, ranks, true) : json(value, spelling, ranks);
};

const json = (value: Value, spelling: Spelling, ranks: Ranks): string => {
  const comma = spelling.structures === "json-blanks" ? ", " : ",";
  const colon = spelling.structures === "json" || spelling.structures === "shorthand" ? ":" : ": ";
  switch (value.kind) {
    case "list":
      return `[${value.items.map((item) => json(item, spelling, ranks)).join(comma)}]`;
    case "map": {
      const entries = spelled(value.entries, spelling, ranks);
      return `{${entries.map(({ key, value: each }) => `${quoted(key)}${colon}${json(each, spelling, ranks)}`).join(comma)}}`;
    }
    case "null":
      return "null";
    case "text":
    case "number":
    case "boolean":
    case "file":
    case "unknown": {
      const text = leafText(value);
      return spelling.scalars === "bare" && BARE.test(text) ? text : quoted(text);
    }
  }
};

const BARE = /^(?:true|false|-?\d+(?:\.\d+)?)$/;

// Line ends stay what they are: a pattern's `\s` and `.` know them.
const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

const shorthand = (value: Value, spelling: Spelling, ranks: Ranks, isOuter: boolean): string => {
  switch (value.kind) {
    case "list": {
      const items = value.items.map((item) => shorthand(item, spelling, ranks, false)).join(",");
      return isOuter && value.items.every(isLeaf) ? items : `[${items}]`;
    }
    case "map": {
      const pairs = spelled(value.entries, spelling, ranks)
        .map(({ key, value: each }) => `${key}=${shorthand(each, spelling, ranks, isOuter && each.kind === "list")}`)
        .join(",");
      return isOuter ? pairs : `{${pairs}}`;
    }
    case "text":
    case "number":
    case "boolean":
    case "null":
    case "file":
    case "unknown":
      return leafText(value);
  }
};

/** Entries in the pattern's order, their lists as the spelling has them. */
const spelled = (entries: readonly Entry[], { lists }: Spelling, ranks: Ranks): readonly Entry[] => {
  const rank = (key: string): number => ranks.get(key) ?? Number.POSITIVE_INFINITY;
  const sorted = entries.toSorted((a, b) => (rank(a.key) === rank(b.key) ? 0 : rank(a.key) - rank(b.key)));
  return sorted.flatMap(({ key, value }) => {
    if (value.kind !== "list")
      return [{ key, value: lists === "wrapped" && value.kind === "text" ? listOf(value) : value }];
    if (lists === "wrapped" || value.items.length === 0 || !value.items.every(isLeaf)) return [{ key, value }];
    if (lists === "unwrapped" && value.items.length > 1) return [{ key, value }];
    return value.items.map((item) => ({ key, value: item }));
  });
};

const listOf = (value: Value): Value => ({ kind: "list", items: [value] });

const isLeaf = (value: Value): value is Leaf => value.kind !== "list" && value.kind !== "map";

const leafText = (leaf: Leaf): string => {
  switch (leaf.kind) {
    case "text":
    case "number":
    case "unknown":
      return leaf.text;
    case "boolean":
      return String(leaf.value);
    case "null":
      return "null";
    case "file":
      return leaf.reference;
  }
};
