import { err, ok, type Result } from "../language/result.js";
import { checkExamples } from "./check-examples.js";
import { checkOptions } from "./check-options.js";
import { indexGrammars } from "./index-grammars.js";
import { type GrammarProblem, type GrammarSource, type ParsedFile, parseGrammarFile } from "./parse-grammar-file.js";
import type { GrammarData, UtilityGrammar } from "./utility-grammar.js";

export type { GrammarProblem, GrammarSource } from "./parse-grammar-file.js";

type UtilityParsed = Extract<ParsedFile, { kind: "utility" }>;
type AliasParsed = Extract<ParsedFile, { kind: "alias" }>;
type Loaded = { readonly parsed: ParsedFile; readonly grammar: UtilityGrammar };

/** Reads every file of `grammar/utilities`, and runs the examples of each against all of them. */
export const loadGrammars = (sources: readonly GrammarSource[]): Result<GrammarData, readonly GrammarProblem[]> => {
  const results = sources.map(parseGrammarFile);
  const files = results.flatMap((result) => (result.ok ? [result.value] : []));
  const own = files.flatMap((file) => (file.kind === "utility" ? [{ parsed: file, grammar: toGrammar(file) }] : []));
  const aliases = files.flatMap((file) => (file.kind === "alias" ? toAlias(file, own) : []));
  const loaded: readonly Loaded[] = [...own, ...aliases];
  const problems = [
    ...results.flatMap((result) => (result.ok ? [] : result.error)),
    ...own.flatMap(({ parsed }) => checkOptions(parsed)),
    ...files.flatMap((file) => (file.kind === "alias" ? aliasProblems(file, own) : [])),
    ...nameProblems(files),
  ];
  if (problems.length > 0) return err(problems);
  const refused = Object.assign({}, ...files.map((file) => (file.kind === "refused" ? file.spec.refused : {})));
  const data = { utilities: loaded.map(({ grammar }) => grammar), refused };
  const failed = checkExamples(
    indexGrammars(data),
    loaded.map(({ parsed }) => parsed),
  );
  return failed.length > 0 ? err(failed) : ok(data);
};

const toGrammar = ({ spec }: UtilityParsed): UtilityGrammar => ({
  name: spec.utility,
  runs: spec.utility,
  // The schema asks for at least one path.
  paths: spec.paths as [string, ...string[]],
  syntax: spec.syntax,
  strictOrder: spec.order === "strict",
  terminator: spec.terminator,
  ...(spec.number && { number: spec.number }),
  negatives: spec.negatives,
  responseFiles: spec["response-files"],
  reads: spec.reads,
  adds: spec.adds,
  scratch: spec.scratch,
  options: spec.options.map(({ needs, refuse, hint, ...option }) => ({
    ...option,
    ...defined({ needs, refuse, hint }),
  })),
  operands: spec.operands.map(({ default: standIn, plus, equals, when, hint, ...operand }) => ({
    ...operand,
    ...defined({ default: standIn, plus, equals, hint }),
    ...(when && { when }),
  })),
});

const defined = <T extends Record<string, string | undefined>>(fields: T): { [K in keyof T]?: string } =>
  // What is left are the fields that hold a string.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: string };

const toAlias = (parsed: AliasParsed, own: readonly Loaded[]): readonly Loaded[] => {
  const { utility, runs, adds } = parsed.spec;
  const target = own.find(({ grammar }) => grammar.name === runs);
  return target ? [{ parsed, grammar: { ...target.grammar, name: utility, adds } }] : [];
};

const aliasProblems = ({ file, lineOf, spec }: AliasParsed, own: readonly Loaded[]): readonly GrammarProblem[] => {
  const target = own.find(({ grammar }) => grammar.name === spec.runs);
  if (!target) return [{ file, line: lineOf(["runs"]), message: `there is no utility \`${spec.runs}\`` }];
  return spec.adds
    .filter((name) => !target.grammar.options.some(({ long, values }) => long.includes(name) && values.length === 0))
    .map((name) => ({ file, line: lineOf(["adds"]), message: `\`${spec.runs}\` has no flag \`--${name}\`` }));
};

const nameProblems = (files: readonly ParsedFile[]): readonly GrammarProblem[] => {
  const seen = new Set<string>();
  return files
    .flatMap((parsed) =>
      namesOf(parsed).map(({ name, place }) => ({ name, file: parsed.file, line: parsed.lineOf(place) })),
    )
    .filter(({ name }) => seen.has(name) || !seen.add(name))
    .map(({ name, file, line }) => ({ file, line, message: `\`${name}\` is described twice` }));
};

const namesOf = (parsed: ParsedFile): readonly { readonly name: string; readonly place: readonly string[] }[] =>
  parsed.kind === "refused"
    ? Object.keys(parsed.spec.refused).map((name) => ({ name, place: ["refused", name] }))
    : [{ name: parsed.spec.utility, place: ["utility"] }];
