import type { ArgumentCondition, ArgumentRule, ArgumentTest } from "../generate/effect-argument-schema.js";
import { isOpen, textValue, type Value } from "../values/value.js";
import { valuesAt } from "../values/values-at.js";
import { testLeaf } from "./argument-test.js";
import { namesOf } from "./glob.js";
import { actionWildcard, principalWildcard } from "./policy-document.js";

/** A command as the AWS CLI reads it. */
export type GivenCommand = {
  readonly service: string;
  readonly operation: string;
  /** The global options and the members of `--cli-input-json` among them. */
  readonly options: readonly GivenArgument[];
  readonly operands: readonly string[];
};

export type GivenArgument = {
  /** The full name without hyphens. */
  readonly name: string;
  /** The flag that says the opposite. */
  readonly twin: string | undefined;
  /** `true` for a flag. */
  readonly value: Value;
};

/** The rules that raise the effect of a command. */
export const argumentHits = (rules: readonly ArgumentRule[], command: GivenCommand): readonly ArgumentRule[] => {
  const straight = { ...command, options: command.options.map(straightened) };
  return rules.filter((rule) => speaksOf(rule, command) && hits(rule, straight));
};

// `{"DeletionProtection": false}` is `--no-deletion-protection`.
const straightened = (given: GivenArgument): GivenArgument => {
  const { value, twin, name } = given;
  return value.kind === "boolean" && !value.value && twin !== undefined
    ? { name: twin, twin: name, value: { kind: "boolean", value: true } }
    : given;
};

const speaksOf = ({ operations }: ArgumentRule, { service, operation }: GivenCommand): boolean =>
  namesOf(operations, service)?.(operation) !== undefined;

const hits = ({ any = [], all }: ArgumentRule, command: GivenCommand): boolean =>
  all === undefined
    ? any.some((condition) => holds(condition, command))
    : all.every((condition) => holds(condition, command));

const holds = (condition: ArgumentCondition, { options, operands }: GivenCommand): boolean => {
  if (condition.operand !== undefined) {
    const text = operands[condition.operand];
    return text !== undefined && holdsAt(condition, textValue(text));
  }
  const names = condition.options ?? [condition.option];
  return options.some(({ name, value }) => names.includes(name) && holdsAt(condition, value));
};

const holdsAt = ({ path, test }: ArgumentCondition, value: Value): boolean => {
  if (path === undefined) return holdsFor(test, value);
  const leaves = valuesAt(value, path);
  if (test === "absent") return leaves.length === 0 || leaves.some(isOpen);
  return leaves.some((leaf) => holdsFor(test, leaf));
};

const holdsFor = (test: ArgumentTest, value: Value): boolean => {
  if (test === "present" || isOpen(value)) return true;
  if (test === "absent") return false;
  if (test === "principal-wildcard") return principalWildcard(value);
  if (test === "action-wildcard") return actionWildcard(value);
  if (value.kind === "list") return value.items.some((item) => holdsFor(test, item));
  if (typeof test === "object" && "entry" in test) return holdsEntry(test.entry, value);
  return value.kind !== "map" && testLeaf(test, value);
};

type EntryTest = Extract<ArgumentTest, { readonly entry: unknown }>["entry"];

const holdsEntry = ({ key, is, value: name, test }: EntryTest, value: Value): boolean =>
  value.kind === "map" &&
  valuesAt(value, key).some((leaf) => isOpen(leaf) || (leaf.kind === "text" && is.includes(leaf.text))) &&
  valuesAt(value, name).some((leaf) => holdsFor(test, leaf));
