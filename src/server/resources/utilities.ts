import type {
  Utility,
  UtilityGrammar,
  UtilityGrammars,
  UtilityOperand,
  UtilityOption,
} from "../../utilities/utility-grammar.js";
import { XARGS } from "../../utilities/xargs/xargs-grammar.js";
import type { UtilityNotes } from "./resource-texts.js";
import { valueWords } from "./value-words.js";

export type UtilityParts = {
  readonly grammars: UtilityGrammars;
  readonly notes: Readonly<Record<string, UtilityNotes>>;
};

/** `awspipe://utilities`: the name of each program that a stage may be besides `aws`, and why it is there. */
export const utilityList = (parts: UtilityParts) => ({
  utilities: utilityNames(parts).map((name) => ({ name, because: notesOf(name, parts).because })),
  more: "awspipe://utilities/{name} has the options, operands and examples of one, and what to write instead of a program that does not run",
});

/** Every name that `awspipe://utilities` has, sorted. */
export const utilityNames = ({ grammars }: UtilityParts): readonly string[] =>
  [...grammars.utilities.keys(), XARGS.grammar.name].sort();

/**
 * `awspipe://utilities/{name}`: what a utility takes, or what to write instead of a well-known program that does not run;
 * nothing where nobody knows the name.
 */
export const utilityPage = (name: string, parts: UtilityParts) => {
  const instead = parts.grammars.refused.get(name);
  if (instead !== undefined) return { name, runs: false as const, instead };
  if (name === XARGS.grammar.name) return { ...described(XARGS, XARGS_NOTES), operands: XARGS_OPERANDS };
  const utility = parts.grammars.utilities.get(name);
  return utility === undefined ? undefined : described(utility, notesOf(name, parts));
};

const described = ({ grammar, number }: Utility, { because, accepts, refuses }: UtilityNotes) => ({
  name: grammar.name,
  runs: true as const,
  because,
  ...(grammar.runs === grammar.name && grammar.adds.length === 0
    ? {}
    : { is: [grammar.runs, ...grammar.adds.map((flag) => `--${flag}`)].join(" ") }),
  ...(number === undefined ? {} : { number: numberWords(number, grammar) }),
  operands: grammar.operands.map(operandOf),
  options: grammar.options.filter(({ refuse }) => refuse === undefined).map((option) => optionOf(option, grammar)),
  refused_options: grammar.options.flatMap((option) => refusedOf(option, grammar)),
  accepts,
  refuses,
});

const numberWords = ({ long: [name = ""] }: UtilityOption, { number }: UtilityGrammar): string => {
  const place = number?.place === "anywhere" ? "" : number?.place === "first" ? ", as the first word" : ", alone";
  return `-5 is --${name}=5${place}`;
};

const operandOf = ({ name, value, optional, many, default: standIn, unless, when = [] }: UtilityOperand) => ({
  name,
  value: valueWords(value),
  ...(optional ? { optional } : {}),
  ...(many ? { many } : {}),
  ...(standIn === undefined ? {} : { default: standIn }),
  ...(unless.length === 0 ? {} : { not_with: unless }),
  ...(when.length === 0 ? {} : { only_with: when }),
});

const optionOf = (option: UtilityOption, grammar: UtilityGrammar) => ({
  option: spelled(option, grammar),
  ...(option.values.length === 0 ? {} : { value: option.values.map(valueWords).join(", then ") }),
  ...(option.optional ? { value_optional: true } : {}),
  ...(option.needs === undefined ? {} : { needs: option.needs }),
});

const refusedOf = (option: UtilityOption, grammar: UtilityGrammar) =>
  option.refuse === undefined
    ? []
    : [
        {
          option: spelled(option, grammar),
          because: option.refuse,
          ...(option.hint === undefined ? {} : { instead: option.hint }),
        },
      ];

/** `-n, --lines`; with one hyphen where full names have one. */
const spelled = ({ long, short }: UtilityOption, { syntax }: UtilityGrammar): string => {
  const hyphens = syntax === "predicates" || syntax === "dash" ? "-" : "--";
  return [...short.map((letter) => `-${letter}`), ...long.map((word) => `${hyphens}${word}`)].join(", ");
};

const notesOf = (name: string, { notes }: UtilityParts): UtilityNotes => {
  const found = name === XARGS.grammar.name ? XARGS_NOTES : notes[name];
  if (found === undefined) throw new Error(`nothing is said of ${name}; build again`);
  return found;
};

// Its grammar ends where the command begins.
const XARGS_OPERANDS = [
  {
    name: "command",
    value: "aws or a utility, with arguments of its own; without one the items are printed",
    optional: true,
    many: true,
  },
];

const XARGS_NOTES: UtilityNotes = {
  because:
    "runs a command for each item of its input, judged again with the item; a part of this server, never the program",
  accepts: [
    "xargs -n 1 aws s3api get-bucket-location --bucket",
    "xargs -I {} aws s3api head-object --bucket logs --key {}",
    "xargs -P 4 -n 1 aws lambda get-function-concurrency --function-name",
  ],
  refuses: ["xargs sh -c 'echo {}'", "xargs -a notes.txt echo", "xargs -n 1 xargs echo"],
};
