import { err, ok, type Result } from "../../language/result.js";
import { inBackticks } from "../../language/visible.js";
import { type AwkProblem, notUnderstood } from "./awk-problem.js";
import { awkReader } from "./awk-reader.js";
import { checkNames } from "./check-names.js";
import { readProgram } from "./read-program.js";

/**
 * An awk program that reads nothing but its input and writes nothing but its output, or why it might do more.
 *
 * `grammar/awk-program.ebnf` says what is accepted. gawk's own sandbox refuses commands, redirections and extensions when they are met,
 * but neither `@include`, whose errors show lines of the file, nor the environment; here such programs do not start.
 */
export const judgeAwkProgram = (program: string): Result<undefined, AwkProblem> => {
  const problem = refuseCharacters(program) ?? refuseProgram(program);
  return problem ? err(problem) : ok(undefined);
};

const refuseProgram = (program: string): AwkProblem | undefined => {
  const reader = awkReader(program);
  return readProgram(reader) ?? checkNames(reader.names);
};

/** Characters that gawk skips, stops at or cannot get, in texts and comments too. */
const refuseCharacters = (program: string): AwkProblem | undefined => {
  const offset = program.search(/[\0-\x08\x0b-\x1f\x7f]|\p{Cs}/u);
  if (offset === -1) return undefined;
  const character = inBackticks(program[offset] ?? "");
  return notUnderstood(
    `the awk program holds the character ${character}`,
    "leave it out, or write it as `\\r` or `\\033`",
    offset,
  );
};
