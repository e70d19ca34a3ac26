import { isOpen, type Value } from "../../catalogue/values/value.js";

/** What stands at a path, maps among it, lists item by item; the path is one of those that `valuesAt` takes. */
export const nodesAt = (value: Value, path: string): readonly Value[] =>
  stepsOf(path).reduce((values, step) => values.flatMap((each) => follow(each, step)), items(value));

/** A path's keys, keys in quotes, `*` and `**`. */
export const stepsOf = (path: string): readonly string[] => path.match(/"[^"]+"|[^.[\]"*]+|\*\*?/g) ?? [];

/** The items of a list, also of lists inside of it, or the value itself. */
export const items = (value: Value): readonly Value[] => (value.kind === "list" ? value.items.flatMap(items) : [value]);

/** What stands at one step from here, lists item by item. */
export const follow = (value: Value, step: string): readonly Value[] => {
  if (isOpen(value)) return [value];
  if (value.kind !== "map") return [];
  if (step === "**")
    return [value, ...value.entries.flatMap((entry) => items(entry.value)).flatMap((each) => follow(each, step))];
  const key = step.startsWith('"') ? step.slice(1, -1) : step;
  return value.entries.flatMap((entry) => (step === "*" || entry.key === key ? items(entry.value) : []));
};
