import { nearest } from "../catalogue/nearest.js";
import { err, ok, type Result } from "../language/result.js";
import { withUnknownShown } from "../plan/unknown.js";
import { emitArgv } from "./emit-argv.js";
import type { FileOperand } from "./emit-operand.js";
import { type ExpandedParts, NOTHING_EXPANDED, strayRefusal } from "./expanded-parts.js";
import { expandedOption, expandedProgram } from "./expanded-word.js";
import { fillOperands } from "./fill-operands.js";
import { judgeExpanded } from "./judge-expanded.js";
import { optionAlone } from "./option-alone.js";
import { readDash } from "./read-dash.js";
import { readEcho } from "./read-echo.js";
import { readExact } from "./read-exact.js";
import { readGnu } from "./read-gnu.js";
import { readPlain } from "./read-plain.js";
import { readPredicates } from "./read-predicates.js";
import type { Reading } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityGrammars } from "./utility-grammar.js";

export type { UtilityRefusal } from "./refusal.js";
export type { UtilityGrammars } from "./utility-grammar.js";

/** One stage that may run: what was judged is what is executed. */
export type UtilityInvocation = {
  /** The name that the user wrote, such as `egrep`. */
  readonly name: string;
  /** Absolute paths of the program; the first that exists runs. */
  readonly paths: readonly string[];
  /** See `UtilityGrammar`. */
  readonly reads: readonly string[];
  readonly scratch: boolean;
  /** Canonical; the executor puts the absolute path in place of argv[0]. */
  readonly argv: readonly string[];
  readonly files: readonly FileOperand[];
};

/**
 * Reads argv with the grammar of its utility and writes it anew; pure.
 *
 * @param expanded the parts of its words that come from the output of other commands. They may be data alone, and as long
 *   as one is not known it may be any data: its kind is looked at when it is
 */
export const matchUtility = (
  grammars: UtilityGrammars,
  argv: readonly string[],
  workspace: string,
  expanded: ExpandedParts = NOTHING_EXPANDED,
): Result<UtilityInvocation, UtilityRefusal> => {
  const matched = matchWords(grammars, argv, workspace, expanded);
  if (matched.ok) return matched;
  const { message, hint, ...rest } = matched.error;
  return err({ ...rest, message: withUnknownShown(message), hint: withUnknownShown(hint) });
};

const matchWords = (
  grammars: UtilityGrammars,
  argv: readonly string[],
  workspace: string,
  expanded: ExpandedParts,
): Result<UtilityInvocation, UtilityRefusal> => {
  const name = argv[0] ?? "";
  if (expanded(0).length > 0) return err(expandedProgram(name));
  const stray = strayRefusal(argv, expanded);
  if (stray) return err(stray);
  const utility = grammars.utilities.get(name);
  if (!utility) return unknownUtility(grammars, name);
  const reading = read(utility, argv);
  if (!reading.ok) return err(misread(argv, reading.error, expanded));
  const alone = optionAlone(utility, reading.value.options);
  if (!alone.ok) return alone;
  const operands = fillOperands(utility, reading.value);
  if (!operands.ok) return operands;
  const misplaced = judgeExpanded({ argv, options: reading.value.options, operands: operands.value }, expanded);
  if (misplaced) return err(misplaced);
  const emitted = emitArgv(utility, reading.value.options, operands.value, workspace);
  return emitted.ok ? ok({ name, ...placesOf(utility), ...emitted.value }) : err(emitted.error);
};

const read = (utility: Utility, argv: readonly string[]): Result<Reading, UtilityRefusal> => {
  const response = utility.grammar.responseFiles ? argv.findIndex((word) => word.startsWith("@")) : -1;
  if (response !== -1) return responseFile(utility, argv[response] ?? "", response);
  switch (utility.grammar.syntax) {
    case "gnu":
      return readGnu(utility, argv);
    case "exact":
      return readExact(utility, argv);
    case "echo":
      return readEcho(utility, argv);
    case "predicates":
      return readPredicates(utility, argv);
    case "dash":
      return readDash(utility, argv);
    case "plain":
      return readPlain(utility, argv);
  }
};

// A reader stumbles over what it takes for an option. Where the name is written out and only the value is not, the name is
// to blame.
const misread = (argv: readonly string[], refused: UtilityRefusal, expanded: ExpandedParts): UtilityRefusal => {
  const { argument } = refused;
  const [part] = expanded(argument);
  const word = argv[argument] ?? "";
  return part === undefined || /^--[^=]+=/.test(word.slice(0, part.start))
    ? refused
    : expandedOption(argv[0] ?? "", word, argument);
};

const responseFile = (utility: Utility, word: string, argument: number) => {
  const message = `\`${utility.grammar.name}\` reads the words of its call from a file where one begins with \`@\`, as \`${word}\` does`;
  const hint = "write the words themselves; a file can be named as `./@notes.txt`";
  return refusal("response-file", argument, message, hint);
};

const placesOf = ({ grammar: { paths, reads, scratch } }: Utility) => ({ paths, reads, scratch });

const unknownUtility = (grammars: UtilityGrammars, name: string) => {
  const bare = name.slice(name.lastIndexOf("/") + 1);
  const known = grammars.refused.get(bare);
  if (known !== undefined) return refusal("unknown-utility", 0, `\`${name}\` does not run here`, known);
  const here = grammars.utilities.has(bare) ? [bare] : nearest(bare, grammars.utilities.keys());
  const message = name.includes("/")
    ? `\`${name}\` is a path, and programs are named without one`
    : `\`${name}\` is not a utility that runs here`;
  const hint =
    here.length > 0
      ? `write ${here.map((near) => `\`${near}\``).join(" or ")}`
      : `besides \`aws\` and \`xargs\` there are: ${[...grammars.utilities.keys()].join(" ")}`;
  return refusal("unknown-utility", 0, message, hint);
};
