import { err, ok, type Result } from "../../language/result.js";
import { internalName, type JqProblem, loadsModule, namesFile, readsEnvironment } from "./jq-problem.js";
import type { JqToken } from "./jq-token.js";
import { parseJqProgram } from "./parse-jq-program.js";
import { readJqTokens } from "./read-jq-tokens.js";

/**
 * A jq program that reads nothing but its input, or why it might read more.
 *
 * jq has no sandbox option: `env` and `$ENV` give the environment; `import`, `include` and `modulemeta` read `.jq` and `.json` files;
 * `input_filename`, `get_search_list`, `get_jq_origin` and `get_prog_origin` name files and folders (jq's manual, sections "$ENV, env" and
 * "Modules", and `src/builtin.c`). jq has no other way out, and none to run a text as a program. Definitions of such a name are refused
 * too: which definition a call means depends on scopes that are not followed here. `debug`, `stderr`, `halt_error`, `input` and
 * `input_line_number` touch only standard streams and are accepted.
 */
export const judgeJqProgram = (program: string): Result<undefined, JqProblem> => {
  const tokens = readJqTokens(program);
  if (!tokens.ok) return tokens;
  const names = parseJqProgram(tokens.value);
  if (!names.ok) return names;
  for (const token of names.value) {
    const problem = judgeName(token);
    if (problem) return err(problem);
  }
  return ok(undefined);
};

const judgeName = ({ kind, text, offset }: JqToken): JqProblem | undefined => {
  if (text.includes("::")) return loadsModule(text, offset);
  if (kind === "variable") return judgeVariable(text, offset);
  return REFUSED_NAMES.get(text)?.(text, offset);
};

const judgeVariable = (text: string, offset: number): JqProblem | undefined => {
  if (text === "$ENV") return readsEnvironment(text, offset);
  return text.startsWith("$__") && text !== "$__loc__" ? internalName(text, offset) : undefined;
};

const REFUSED_NAMES: ReadonlyMap<string, (text: string, offset: number) => JqProblem> = new Map([
  ["env", readsEnvironment],
  ["modulemeta", loadsModule],
  ["get_search_list", namesFile],
  ["get_jq_origin", namesFile],
  ["get_prog_origin", namesFile],
  ["input_filename", namesFile],
]);
