import { testLeaf } from "../../catalogue/rules/argument-test.js";
import { actionWildcard, principalWildcard } from "../../catalogue/rules/policy-document.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import { type Leaf, textValue, type Value } from "../../catalogue/values/value.js";
import { valuesAt } from "../../catalogue/values/values-at.js";
import type { GivenArguments } from "./given-arguments.js";
import { items, nodesAt } from "./nodes-at.js";
import type { PolicyCondition } from "./policy-schema.js";
import { wildcard } from "./wildcard.js";

/**
 * How doubt counts: `suspect` takes one value among several for enough and a file that nobody has read for the worst;
 * `sure` wants every value to pass, and no such file.
 */
export type Doubt = "suspect" | "sure";

type Test = PolicyCondition["test"];
type EntryTest = Extract<Test, { readonly entry: unknown }>["entry"];
type SingleTest = Exclude<Test, { readonly entry: unknown }>;
type LeafTest = Exclude<SingleTest, "present" | "absent" | "principal-wildcard" | "action-wildcard">;

/** Whether a condition of the policy holds for a command. */
export const conditionHolds = (condition: PolicyCondition, given: GivenArguments, doubt: Doubt): boolean => {
  const values = valuesOf(condition, given);
  return fits(values, doubt, (value) => holdsAt(condition, value, doubt));
};

const valuesOf = ({ operand, option, options = [] }: PolicyCondition, given: GivenArguments): readonly Value[] => {
  if (operand === undefined) {
    const names = option === undefined ? options : [option];
    return given.options.filter(({ name }) => names.includes(name)).map(({ value }) => value);
  }
  const text = given.operands[operand];
  return text === undefined ? [] : [textValue(text)];
};

/** Some of them, or all of them where there are any. */
const fits = <T>(all: readonly T[], doubt: Doubt, test: (one: T) => boolean): boolean =>
  doubt === "suspect" ? all.some(test) : all.length > 0 && all.every(test);

const holdsAt = ({ path, test }: PolicyCondition, value: Value, doubt: Doubt): boolean => {
  if (isEntryTest(test)) return holdsEntry(test.entry, path === undefined ? items(value) : nodesAt(value, path), doubt);
  if (path === undefined) return holdsFor(test, value, doubt);
  const leaves = valuesAt(value, path);
  if (test === "present") return leaves.length > 0;
  if (test === "absent")
    return doubt === "suspect" ? leaves.length === 0 || leaves.some(isFile) : leaves.length === 0 && !holdsFile(value);
  return fits(leaves, doubt, (leaf) => holdsFor(test, leaf, doubt));
};

const isFile = ({ kind }: Value): boolean => kind === "file";

const holdsFile = (value: Value): boolean => [...everyLeaf(value)].some(({ leaf }) => isFile(leaf));

const holdsFor = (test: SingleTest, value: Value, doubt: Doubt): boolean => {
  if (test === "present") return true;
  if (isFile(value)) return doubt === "suspect";
  if (test === "absent") return false;
  if (test === "principal-wildcard" || test === "action-wildcard") {
    const opens = test === "principal-wildcard" ? principalWildcard : actionWildcard;
    return opens(value) && (doubt === "suspect" || !holdsFile(value));
  }
  if (value.kind === "list") return fits(value.items, doubt, (item) => holdsFor(test, item, doubt));
  return value.kind !== "map" && leafPasses(test, value, doubt);
};

const isEntryTest = (test: Test): test is { readonly entry: EntryTest } => typeof test === "object" && "entry" in test;

/** Some map with one of the names passes; to be sure, all with such a name do, and there is one. */
const holdsEntry = (entry: EntryTest, nodes: readonly Value[], doubt: Doubt): boolean =>
  fits(
    nodes.filter((node) => isEntry(entry, node)),
    doubt,
    (node) => entryPasses(entry, node, doubt),
  );

// A file could be any entry.
const isEntry = ({ key, is }: EntryTest, item: Value): boolean =>
  isFile(item) || valuesAt(item, key).some((leaf) => isFile(leaf) || (leaf.kind === "text" && is.includes(leaf.text)));

const entryPasses = ({ key, value, test }: EntryTest, item: Value, doubt: Doubt): boolean => {
  if (isFile(item) || valuesAt(item, key).some(isFile)) return doubt === "suspect" && holdsSomething(item, value);
  return fits(valuesAt(item, value), doubt, (leaf) => holdsFor(test, leaf, doubt));
};

const holdsSomething = (item: Value, path: string): boolean => isFile(item) || valuesAt(item, path).length > 0;

const leafPasses = (test: LeafTest, leaf: Leaf, doubt: Doubt): boolean => {
  if (typeof test === "object" && "like" in test) return isLike(test.like, textOf(leaf));
  if (typeof test === "object" && "ilike" in test)
    return isLike(
      test.ilike.map((pattern) => pattern.toLowerCase()),
      textOf(leaf)?.toLowerCase(),
    );
  const isNumeric = typeof test === "object" && ("below" in test || "above" in test);
  // A range, or what is no number at all, is surely neither above nor below.
  if (isNumeric && doubt === "sure" && !/^-?\d+(?:\.\d+)?$/.test(textOf(leaf) ?? "")) return false;
  return testLeaf(test, leaf);
};

const isLike = (patterns: readonly string[], text: string | undefined): boolean =>
  text !== undefined && patterns.some((pattern) => wildcard(pattern)(text));

const textOf = (leaf: Leaf): string | undefined => {
  switch (leaf.kind) {
    case "text":
    case "number":
      return leaf.text;
    case "boolean":
      return String(leaf.value);
    case "null":
    case "file":
      return undefined;
  }
};
