import { nearest } from "../../catalogue/nearest.js";
import type { Where } from "../../catalogue/read-yaml.js";
import type { Catalogue, OperationTable } from "../../catalogue/service-table.js";
import { conditionProblems } from "./condition-problems.js";
import type { FileRule, PolicyCondition } from "./policy-schema.js";
import { wildcard } from "./wildcard.js";

/** What is wrong with rules beside their form: a name that stands for nothing switches a guard off. */
export const ruleProblems = (rules: readonly FileRule[], catalogue: Catalogue, where: Where): readonly string[] =>
  rules.flatMap((rule, index) => {
    const at: Where = (path) => where(["rules", index, ...path]);
    const isTwin = rules.findIndex(({ id }) => id === rule.id) < index;
    return [
      ...(isTwin ? [`${at(["id"])}: there is a rule \`${rule.id}\` already`] : []),
      ...nameProblems(rule, catalogue, at),
      ...optionProblems(rule, catalogue, at),
    ];
  });

const nameProblems = ({ operations = {} }: FileRule, catalogue: Catalogue, at: Where): readonly string[] =>
  Object.entries(operations).flatMap(([service, globs]) => {
    const services = catalogue.services.filter(wildcard(service));
    if (services.length === 0)
      return [
        `${at(["operations", service, 0])}: the AWS CLI has no service \`${service}\`${near(service, catalogue.services)}`,
      ];
    return globs.flatMap((glob, index) => {
      const isName = wildcard(glob);
      if (services.some((name) => catalogue.service(name)?.names.some(isName))) return [];
      const names = services.length === 1 ? (catalogue.service(services[0] ?? "")?.names ?? []) : [];
      return [
        `${at(["operations", service, index])}: \`aws ${service}\` has no operation \`${glob}\`${near(glob, names)}`,
      ];
    });
  });

const near = (name: string, names: readonly string[]): string => {
  const close = nearest(name, names);
  return close.length === 0 ? "" : `; did you mean ${close.map((each) => `\`${each}\``).join(" or ")}?`;
};

/** Every option belongs to a command that the rule speaks of, and every name speaks of one that could meet the rule. */
const optionProblems = (rule: FileRule, catalogue: Catalogue, at: Where): readonly string[] => {
  const problems = (["any", "all", "unless"] as const).flatMap((key) =>
    (rule[key] ?? []).flatMap((condition, index) =>
      optionsOf(condition)
        .filter((option) => !hasSome(rule.operations, catalogue, (table) => knows(table, catalogue, option)))
        .map((option) => `${at([key, index])}: no command of \`${rule.id}\` has \`--${option}\``),
    ),
  );
  if (problems.length > 0) return problems;
  return [...idleNames(rule, catalogue, at), ...placedConditionProblems(rule, catalogue, at)];
};

const placedConditionProblems = (rule: FileRule, catalogue: Catalogue, at: Where): readonly string[] => {
  const tables: OperationTable[] = [];
  hasSome(rule.operations, catalogue, (table) => {
    tables.push(table);
    return false;
  });
  return (["any", "all", "unless"] as const).flatMap((key) =>
    (rule[key] ?? []).flatMap((condition, index) =>
      conditionProblems(condition, rule, tables, catalogue).map((problem) => `${at([key, index])}: ${problem}`),
    ),
  );
};

const idleNames = (rule: FileRule, catalogue: Catalogue, at: Where): readonly string[] =>
  Object.entries(rule.operations ?? {}).flatMap(([service, globs]) =>
    globs.flatMap((glob, index) =>
      hasSome({ [service]: [glob] }, catalogue, (table) => couldMeet(rule, table, catalogue)) ||
      !hasSome({ [service]: [glob] }, catalogue, () => true)
        ? []
        : [
            `${at(["operations", service, index])}: no command that \`${service} ${glob}\` names has the options that \`${rule.id}\` wants`,
          ],
    ),
  );

const couldMeet = ({ any, all }: FileRule, table: OperationTable, catalogue: Catalogue): boolean => {
  const meets = (condition: PolicyCondition): boolean =>
    condition.operand === undefined
      ? optionsOf(condition).some((option) => knows(table, catalogue, option))
      : table.operands.length > 0;
  return (any === undefined || any.some(meets)) && (all === undefined || all.every(meets));
};

const optionsOf = ({ option, options }: PolicyCondition): readonly string[] =>
  options ?? (option === undefined ? [] : [option]);

const knows = (table: OperationTable, catalogue: Catalogue, option: string): boolean =>
  table.options.has(option) || catalogue.globals.options.has(option);

const hasSome = (
  operations: FileRule["operations"] = { "*": ["*"] },
  catalogue: Catalogue,
  test: (table: OperationTable) => boolean,
): boolean =>
  Object.entries(operations).some(([service, globs]) =>
    catalogue.services.filter(wildcard(service)).some((name) => {
      const table = catalogue.service(name);
      return table?.names.some((operation) => {
        const found = globs.some((glob) => wildcard(glob)(operation)) ? table.operation(operation) : undefined;
        return found !== undefined && test(found);
      });
    }),
  );
