import type { GrammarProblem, ParsedFile } from "./parse-grammar-file.js";

type UtilityParsed = Extract<ParsedFile, { readonly kind: "utility" }>;

/** What the shape of one entry cannot tell: names given twice, and references to options that are not there. */
export const checkOptions = (parsed: UtilityParsed): readonly GrammarProblem[] => [
  ...repeated(parsed),
  ...dangling(parsed),
  ...order(parsed),
];

const repeated = ({ file, lineOf, spec }: UtilityParsed): readonly GrammarProblem[] => {
  const seen = new Set<string>();
  return spec.options
    .flatMap((option, index) => spellings(option).map((name) => ({ name, index })))
    .filter(({ name }) => seen.has(name) || !seen.add(name))
    .map(({ name, index }) => ({
      file,
      line: lineOf(["options", index]),
      message: `option \`${name}\` is declared twice`,
    }));
};

const spellings = ({ long, short }: UtilityParsed["spec"]["options"][number]): readonly string[] => [
  ...long.map((name) => `--${name}`),
  ...short.map((name) => `-${name}`),
];

const dangling = ({ file, lineOf, spec }: UtilityParsed): readonly GrammarProblem[] => {
  const names = new Set(spec.options.filter(({ refuse }) => refuse === undefined).flatMap(({ long }) => long));
  const used = [
    ...(spec.number ? [{ name: spec.number.option, place: ["number"] }] : []),
    ...spec.adds.map((name) => ({ name, place: ["adds"] })),
    ...spec.options.flatMap(({ needs }, index) =>
      needs === undefined ? [] : [{ name: needs, place: ["options", index] }],
    ),
    ...spec.operands.flatMap(({ unless, when = [] }, index) =>
      [...unless, ...when].map((name) => ({ name, place: ["operands", index] })),
    ),
  ];
  return used
    .filter(({ name }) => !names.has(name))
    .map(({ name, place }) => ({
      file,
      line: lineOf(place),
      message: `no option \`--${name}\` is declared that is allowed`,
    }));
};

const order = ({ file, lineOf, spec }: UtilityParsed): readonly GrammarProblem[] => {
  const many = spec.operands.findIndex((slot) => slot.many);
  if (many === -1 || many === spec.operands.length - 1) return [];
  return [{ file, line: lineOf(["operands", many]), message: "the operand that takes many comes last" }];
};
