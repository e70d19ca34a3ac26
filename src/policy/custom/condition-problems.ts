import { plainScalar } from "../../catalogue/rules/argument-test.js";
import type { Catalogue, OperationTable } from "../../catalogue/service-table.js";
import type { FileRule, PolicyCondition } from "./policy-schema.js";

/** What is wrong with a condition, by the tables of all commands that its rule speaks of. */
export const conditionProblems = (
  { test, operand, option, options }: PolicyCondition,
  rule: FileRule,
  tables: readonly OperationTable[],
  { globals }: Catalogue,
): readonly string[] => {
  if (operand !== undefined)
    return tables.some((table) => hasOperand(table, operand))
      ? []
      : [`no command of \`${rule.id}\` has an operand ${operand}`];
  if (typeof test !== "object" || !("equals" in test) || test.equals.every(isBoolean)) return [];
  const names = options ?? (option === undefined ? [] : [option]);
  return names
    .filter((name) => {
      const found = [globals, ...tables].flatMap((table) => table.options.get(name) ?? []);
      return found.length > 0 && found.every(({ type }) => type.kind === "flag");
    })
    .map((name) => `\`--${name}\` is a flag, so that \`equals\` is about \`true\` and \`false\``);
};

const isBoolean = (text: string): boolean => /^(?:true|false)$/.test(plainScalar(text));

const hasOperand = ({ operands }: OperationTable, number: number): boolean => {
  const counts = operands.map(({ words }) => (words === "?" ? 1 : words === "*" || words === "+" ? Infinity : words));
  return counts.reduce((sum, count) => sum + count, 0) > number;
};
