import { isOpen, type Leaf, type Value } from "./value.js";

/**
 * The leaves of a value at a path such as `IpPermissions[].IpRanges[].CidrIp`, `Statement[].Condition.*."aws:SourceIp"` or `**.Principal`.
 *
 * Steps are keys, keys in quotes, `*` for every key and `**` for every depth, also none. Lists are passed through item by item wherever they
 * are, with or without `[]`, and a single value where a list belongs counts as its one item: the CLI makes a list of it, so `Values=a` and
 * `Values=[a]` must not be told apart. A `file` on the way is an answer too, since what the path leads to may be in it, and so is what is
 * `unknown`. A map at the end of the path gives nothing; `Key.**` gives all leaves below. Paths are ours: a bad one throws.
 */
export const valuesAt = (value: Value, path: string): readonly Leaf[] => {
  let values: readonly Value[] = items(value);
  for (const step of readPath(path.replace(/^(?:\[\])+\.?/, ""))) values = values.flatMap((each) => follow(each, step));
  return values.filter((each): each is Leaf => each.kind !== "list" && each.kind !== "map");
};

type Step = { readonly kind: "key"; readonly key: string } | { readonly kind: "any" } | { readonly kind: "depth" };

/** `[ step *( "." step ) ]` with any number of `[]` after a step */
const readPath = (path: string): readonly Step[] => {
  const steps: Step[] = [];
  let offset = 0;
  while (offset < path.length) {
    STEP.lastIndex = offset;
    const [found, separator, name] = STEP.exec(path) ?? [];
    if (found === undefined || name === undefined || (separator === ".") !== offset > 0)
      throw new Error(`not a path into a value: ${path}`);
    steps.push(readStep(name));
    offset += found.length;
  }
  return steps;
};

const STEP = /(\.?)("[^"]+"|[^.[\]"*]+|\*\*?)(?:\[\])*(?=\.|$)/y;

const readStep = (name: string): Step => {
  if (name === "*") return { kind: "any" };
  if (name === "**") return { kind: "depth" };
  return { kind: "key", key: name.startsWith('"') ? name.slice(1, -1) : name };
};

const follow = (value: Value, step: Step): readonly Value[] => {
  if (step.kind === "depth") return all(value);
  if (isOpen(value)) return [value];
  if (value.kind !== "map") return [];
  return value.entries.flatMap((entry) => (step.kind === "any" || entry.key === step.key ? items(entry.value) : []));
};

/** The value and everything inside of it, without the lists. */
const all = (value: Value): readonly Value[] => {
  if (value.kind === "list") return value.items.flatMap(all);
  return value.kind === "map" ? [value, ...value.entries.flatMap((entry) => all(entry.value))] : [value];
};

/** The items of a list, also of lists inside of it, or the value itself. */
const items = (value: Value): readonly Value[] => (value.kind === "list" ? value.items.flatMap(items) : [value]);
