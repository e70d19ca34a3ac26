import { exampleWords } from "./example-words.js";
import { matchUtility } from "./match-utility.js";
import type { GrammarProblem, ParsedFile } from "./parse-grammar-file.js";
import type { UtilityGrammars } from "./utility-grammar.js";

const WORKSPACE = "/workspace";

type Described = Exclude<ParsedFile, { readonly kind: "refused" }>;

/** Runs the `accepts` and `refuses` of every file; the workspace of the examples is `/workspace`. */
export const checkExamples = (grammars: UtilityGrammars, files: readonly ParsedFile[]): readonly GrammarProblem[] =>
  files
    .flatMap((parsed) => (parsed.kind === "refused" ? [] : [parsed]))
    .flatMap((parsed) => [...failures(grammars, parsed, "accepts"), ...failures(grammars, parsed, "refuses")]);

const failures = (
  grammars: UtilityGrammars,
  { file, lineOf, spec }: Described,
  list: "accepts" | "refuses",
): readonly GrammarProblem[] =>
  spec[list].flatMap((command, index) => {
    const message = failure(grammars, spec.utility, command, list);
    return message === undefined ? [] : [{ file, line: lineOf([list, index]), message }];
  });

const failure = (
  grammars: UtilityGrammars,
  utility: string,
  command: string,
  list: "accepts" | "refuses",
): string | undefined => {
  const words = exampleWords(command);
  if (words === undefined) return list === "refuses" ? undefined : `the example \`${command}\` is not one command`;
  if (words[0] !== utility) return `the example \`${command}\` does not call \`${utility}\``;
  const matched = matchUtility(grammars, words, WORKSPACE);
  if (matched.ok) return list === "accepts" ? undefined : `\`${command}\` should be refused and is accepted`;
  return list === "refuses" ? undefined : `\`${command}\` should be accepted: ${matched.error.message}`;
};
