import { readYaml, type TextFile, type Where } from "../read-yaml.js";
import { globTest, namesOf } from "../rules/glob.js";
import { type ArgumentCondition, type ArgumentRule, argumentFile } from "./effect-argument-schema.js";

/** A command that a rule may speak of, with the full names of its options and of the global ones. */
export type KnownCommand = {
  readonly service: string;
  readonly operation: string;
  readonly options: ReadonlySet<string>;
};

export type ReadRules = { readonly rules: readonly ArgumentRule[]; readonly problems: readonly string[] };

/** Reads `security/argument-rules.yaml` against the commands that exist; any problem must fail the generation. */
export const readArgumentRules = (file: TextFile, commands: readonly KnownCommand[]): ReadRules => {
  const read = readYaml(file, argumentFile);
  if (!read.ok) return { rules: [], problems: read.problems };
  const { rules } = read.value;
  const problems = rules.flatMap((rule, index) => [
    ...(rules.findIndex(({ id }) => id === rule.id) < index
      ? [`${read.where(["rules", index, "id"])}: there is a rule \`${rule.id}\` already`]
      : []),
    ...checkRule(rule, commands, (path) => read.where(["rules", index, ...path])),
  ]);
  return { rules, problems };
};

const checkRule = (rule: ArgumentRule, commands: readonly KnownCommand[], where: Where): readonly string[] => {
  const services = new Set(commands.map(({ service }) => service));
  const names = new Map([...services].map((service) => [service, namesOf(rule.operations, service)]));
  const spoken = commands.filter(({ service, operation }) => names.get(service)?.(operation));
  return [...checkNames(rule, spoken, where), ...checkOptions(rule, spoken, where)];
};

/** Every name and pattern stands for a command that has one of the rule's options. */
const checkNames = (rule: ArgumentRule, spoken: readonly KnownCommand[], where: Where): readonly string[] => {
  const options = conditionsOf(rule).flatMap(optionsOf);
  const operand = conditionsOf(rule).some((condition) => condition.operand !== undefined);
  const able = spoken.filter((command) => operand || options.some((option) => command.options.has(option)));
  return Object.entries(rule.operations).flatMap(([service, globs]) => {
    const ofService = globTest(service);
    const there = able.filter((command) => ofService.test(command.service));
    return globs.flatMap((glob, index) => {
      const test = globTest(glob);
      return there.some(({ operation }) => test.test(operation))
        ? []
        : [
            `${where(["operations", service, index])}: \`${service}:${glob}\` names no command with an option of \`${rule.id}\``,
          ];
    });
  });
};

/** Every option belongs to a command that the rule speaks of. */
const checkOptions = (rule: ArgumentRule, spoken: readonly KnownCommand[], where: Where): readonly string[] => {
  const key = rule.any === undefined ? "all" : "any";
  return conditionsOf(rule).flatMap((condition, index) =>
    optionsOf(condition)
      .filter((option) => !spoken.some((command) => command.options.has(option)))
      .map((option) => `${where([key, index])}: no command of \`${rule.id}\` has \`--${option}\``),
  );
};

const conditionsOf = ({ any, all }: ArgumentRule): readonly ArgumentCondition[] => any ?? all ?? [];

const optionsOf = ({ option, options }: ArgumentCondition): readonly string[] =>
  options ?? (option === undefined ? [] : [option]);
