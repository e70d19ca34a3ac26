import type { AwsOperation } from "../../catalogue/command/command.js";
import type { GivenValue } from "../../catalogue/command/given-values.js";
import type { ArgumentRule } from "../../catalogue/generate/effect-argument-schema.js";
import { argumentHits } from "../../catalogue/rules/argument-hits.js";
import { namesOf } from "../../catalogue/rules/glob.js";
import { textValue, type Value } from "../../catalogue/values/value.js";
import type { RuleBook } from "../rule-book.js";
import type { ReasonedEffect } from "./command-effect.js";

/** What the rules of `security/argument-rules.yaml` add to a command's effect. */
export const ruleEffects = (
  command: AwsOperation,
  values: readonly GivenValue[],
  book: RuleBook,
): readonly ReasonedEffect[] => {
  const { service, name: operation } = command.table;
  const rules = rulesOf(book.argumentRules, service, operation);
  if (rules.length === 0) return [];
  const options = [
    ...values.map(({ option, value }) => ({ name: option.name, twin: option.twin, value })),
    ...command.globals.map(({ option, words }) => ({
      name: option.name,
      twin: option.twin,
      value: globalValue(words[0]?.text),
    })),
  ];
  const operands = command.operands.map(({ word }) => word.text);
  const at = (command.path.at(-1) ?? command.service).argument;
  return argumentHits(rules, { service, operation, options, operands }).map(({ effect, because }) => ({
    effect,
    because,
    argument: at,
  }));
};

const globalValue = (text: string | undefined): Value =>
  text === undefined ? { kind: "boolean", value: true } : textValue(text);

const byBook = new WeakMap<readonly ArgumentRule[], Map<string, readonly ArgumentRule[]>>();

// Which rules speak of an operation is found out once; patterns over 19,000 operations cost more than a verdict.
const rulesOf = (rules: readonly ArgumentRule[], service: string, operation: string): readonly ArgumentRule[] => {
  const known = byBook.get(rules) ?? new Map<string, readonly ArgumentRule[]>();
  byBook.set(rules, known);
  const name = `${service} ${operation}`;
  const found = known.get(name) ?? rules.filter((rule) => namesOf(rule.operations, service)?.(operation) !== undefined);
  known.set(name, found);
  return found;
};
