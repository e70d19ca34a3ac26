import { plainScalar, testLeaf, textOf } from "../../catalogue/rules/argument-test.js";
import { actionWildcard, principalWildcard } from "../../catalogue/rules/policy-document.js";
import { everyLeaf } from "../../catalogue/values/every-leaf.js";
import { isOpen, type Leaf, textValue, type Value } from "../../catalogue/values/value.js";
import { valuesAt } from "../../catalogue/values/values-at.js";
import type { GivenArgument, GivenArguments } from "./given-arguments.js";
import { isEverywhere } from "./is-everywhere.js";
import { follow, items, nodesAt, stepsOf } from "./nodes-at.js";
import type { PolicyCondition } from "./policy-schema.js";
import { wildcard } from "./wildcard.js";

/**
 * How doubt counts: `suspect` takes one value among several for enough and what nobody has read or knows yet for the
 * worst; `sure` wants every value to pass, one in every item of the lists that lead to it, and nothing of that kind.
 */
export type Doubt = "suspect" | "sure";

type Test = PolicyCondition["test"];
type EntryTest = Extract<Test, { readonly entry: unknown }>["entry"];
type SingleTest = Exclude<Test, { readonly entry: unknown }>;
type LeafTest = Exclude<SingleTest, "present" | "absent" | "principal-wildcard" | "action-wildcard">;

/** Whether a condition of the policy holds for a command. */
export const conditionHolds = (condition: PolicyCondition, given: GivenArguments, doubt: Doubt): boolean => {
  const found = placesOf(condition, given);
  return fits(
    found,
    doubt,
    ({ value, isCertain }) => (isCertain || doubt === "suspect") && holdsAt(condition, value, doubt),
  );
};

type Found = Pick<GivenArgument, "value" | "isCertain">;

const placesOf = ({ operand, option, options = [] }: PolicyCondition, given: GivenArguments): readonly Found[] => {
  if (operand === undefined) {
    const names = option === undefined ? options : [option];
    return given.options.filter(({ name }) => names.includes(name));
  }
  const text = given.operands[operand];
  return text === undefined ? [] : [{ value: textValue(text), isCertain: true }];
};

/** Some of them, or all of them where there are any. */
const fits = <T>(all: readonly T[], doubt: Doubt, test: (one: T) => boolean): boolean =>
  doubt === "suspect" ? all.some(test) : all.length > 0 && all.every(test);

const holdsAt = ({ path, test }: PolicyCondition, value: Value, doubt: Doubt): boolean => {
  if (isEntryTest(test)) return holdsEntryAt(test.entry, path, value, doubt);
  if (path === undefined) return holdsFor(test, value, doubt);
  const leaves = valuesAt(value, path);
  if (test === "absent")
    return doubt === "suspect" ? leaves.length === 0 || leaves.some(isOpen) : leaves.length === 0 && !holdsOpen(value);
  if (doubt === "sure" && !isEverywhere(value, stepsOf(path), isLeaf)) return false;
  if (test === "present") return doubt === "suspect" ? leaves.length > 0 : !leaves.some(isOpen);
  return fits(leaves, doubt, (leaf) => holdsFor(test, leaf, doubt));
};

const isLeaf = ({ kind }: Value): boolean => kind !== "map" && kind !== "list";

const holdsOpen = (value: Value): boolean => [...everyLeaf(value)].some(({ leaf }) => isOpen(leaf));

const holdsFor = (test: SingleTest, value: Value, doubt: Doubt): boolean => {
  if (test === "present") return true;
  if (isOpen(value)) return doubt === "suspect";
  if (test === "absent") return false;
  if (test === "principal-wildcard" || test === "action-wildcard") {
    const opens = test === "principal-wildcard" ? principalWildcard : actionWildcard;
    return opens(value) && (doubt === "suspect" || !holdsOpen(value));
  }
  if (value.kind === "list") return fits(value.items, doubt, (item) => holdsFor(test, item, doubt));
  return value.kind !== "map" && leafPasses(test, value, doubt);
};

const isEntryTest = (test: Test): test is { readonly entry: EntryTest } => typeof test === "object" && "entry" in test;

/** To be sure, each list of entries that the path leads to has one. */
const holdsEntryAt = (entry: EntryTest, path: string | undefined, value: Value, doubt: Doubt): boolean => {
  const steps = stepsOf(path ?? "");
  const last = steps.at(-1);
  if (last === undefined) return holdsEntry(entry, items(value), doubt);
  if (doubt === "suspect" || last.startsWith("*")) return holdsEntry(entry, nodesAt(value, path ?? ""), doubt);
  return isEverywhere(value, steps.slice(0, -1), (node) => holdsEntry(entry, follow(node, last), doubt));
};

/** Some map with one of the names passes; to be sure, all with such a name do, and there is one. */
const holdsEntry = (entry: EntryTest, nodes: readonly Value[], doubt: Doubt): boolean =>
  fits(
    nodes.filter((node) => isEntry(entry, node)),
    doubt,
    (node) => entryPasses(entry, node, doubt),
  );

// What nobody has read or knows could be any entry.
const isEntry = ({ key, is }: EntryTest, item: Value): boolean =>
  isOpen(item) || valuesAt(item, key).some((leaf) => isOpen(leaf) || (leaf.kind === "text" && is.includes(leaf.text)));

const entryPasses = ({ key, value, test }: EntryTest, item: Value, doubt: Doubt): boolean => {
  if (isOpen(item) || valuesAt(item, key).some(isOpen)) return doubt === "suspect" && holdsSomething(item, value);
  return fits(valuesAt(item, value), doubt, (leaf) => holdsFor(test, leaf, doubt));
};

const holdsSomething = (item: Value, path: string): boolean => isOpen(item) || valuesAt(item, path).length > 0;

const leafPasses = (test: LeafTest, leaf: Leaf, doubt: Doubt): boolean => {
  const texts = textsOf(leaf, doubt);
  if (typeof test === "object" && "like" in test) return isLike(test.like, texts);
  if (typeof test === "object" && "ilike" in test)
    return isLike(
      test.ilike.map((pattern) => pattern.toLowerCase()),
      texts.map((text) => text.toLowerCase()),
    );
  // `007` may be the number 7, and surely is the text `007`.
  if (typeof test === "object" && "equals" in test && doubt === "sure" && leaf.kind === "text")
    return test.equals.includes(leaf.text);
  const isNumeric = typeof test === "object" && ("below" in test || "above" in test);
  // A range, or what is no number at all, is surely neither above nor below.
  if (isNumeric && doubt === "sure" && !/^-?\d+(?:\.\d+)?$/.test(textOf(leaf) ?? "")) return false;
  return testLeaf(test, leaf);
};

const isLike = (patterns: readonly string[], texts: readonly string[]): boolean =>
  patterns.some((pattern) => texts.some(wildcard(pattern)));

const textsOf = (leaf: Leaf, doubt: Doubt): readonly string[] => {
  const text = textOf(leaf);
  if (text === undefined) return [];
  return doubt === "suspect" ? [text, plainScalar(text)] : [text];
};
