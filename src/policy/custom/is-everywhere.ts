import type { Value } from "../../catalogue/values/value.js";
import { follow, items } from "./nodes-at.js";

type Test = (node: Value) => boolean;

/**
 * Whether the steps lead to something that passes the test from every item of every list on the way: where one
 * permission has `IpRanges` and the next only `Ipv6Ranges`, what the ranges say is not all that there is to say.
 *
 * `*` and `**` pass over keys that lead to nothing, but not over items of a list that leads to something.
 */
export const isEverywhere = (value: Value, steps: readonly string[], test: Test): boolean =>
  areAll(items(value), steps, test);

const areAll = (nodes: readonly Value[], steps: readonly string[], test: Test): boolean =>
  nodes.length > 0 && nodes.every((node) => leads(node, steps, test));

const leads = (node: Value, [step, ...rest]: readonly string[], test: Test): boolean => {
  if (step === undefined) return test(node);
  if (step === "*") return leadsBelow(node, rest, test, false);
  if (step === "**") return leadsBelow(node, [step, ...rest], test, leads(node, rest, test));
  return areAll(follow(node, step), rest, test);
};

const leadsBelow = (node: Value, steps: readonly string[], test: Test, isHere: boolean): boolean => {
  const lists = node.kind === "map" ? node.entries.map(({ value }) => items(value)) : [];
  const relevant = lists.filter((list) => list.some((item) => leadsSomewhere(item, steps, test)));
  return (isHere || relevant.length > 0) && relevant.every((list) => areAll(list, steps, test));
};

const leadsSomewhere = (node: Value, steps: readonly string[], test: Test): boolean =>
  steps.reduce((nodes: readonly Value[], step) => nodes.flatMap((each) => follow(each, step)), [node]).some(test);
