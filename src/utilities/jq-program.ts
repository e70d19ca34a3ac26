import { err, ok, type Result } from "../language/result.js";
import { readJqTokens } from "./jq-lexer.js";
import { jqObjectKeys } from "./jq-object-keys.js";
import type { JqProblem, JqToken } from "./jq-token.js";

/**
 * A jq program that reads nothing but its input, or why it might read more.
 *
 * jq has no sandbox option: `env` and `$ENV` give the environment; `import`, `include` and `modulemeta` read `.jq` and `.json` files;
 * `input_filename` and `get_search_list` name files (jq's manual, sections "$ENV, env" and "Modules"). A name counts wherever it could be
 * a call, user definitions included: `def env: 1; env` is refused, because which definition is meant depends on scopes that are not
 * followed here. `debug`, `stderr`, `halt_error`, `input` and `input_line_number` touch only standard streams and are accepted.
 */
export const judgeJqProgram = (program: string): Result<undefined, JqProblem> => {
  const tokens = readJqTokens(program);
  if (!tokens.ok) return tokens;
  const keys = jqObjectKeys(tokens.value);
  for (const token of tokens.value) {
    const problem = keys.has(token) ? undefined : judgeToken(token);
    if (problem) return err(problem);
  }
  return ok(undefined);
};

const judgeToken = (token: JqToken): JqProblem | undefined => {
  if (token.kind === "name") return judgeName(token);
  if (token.kind === "variable") return judgeVariable(token);
  if (token.kind === "comment") return judgeComment(token);
  return undefined;
};

const judgeName = ({ text, offset }: JqToken): JqProblem | undefined => {
  if (text.includes("::")) return loadsModule(text, offset);
  const refuse = REFUSED_NAMES.get(text);
  return refuse?.(text, offset);
};

const judgeVariable = ({ text, offset }: JqToken): JqProblem | undefined => {
  if (text.includes("::")) return loadsModule(text, offset);
  if (text === "$ENV") return readsEnvironment(text, offset);
  return text.startsWith("$__") && text !== "$__loc__" ? internal(text, offset) : undefined;
};

/** Where a comment ends has changed twice between versions of jq. A word that would be refused as code is refused here too. */
const judgeComment = ({ text, offset }: JqToken): JqProblem | undefined => {
  const word = REFUSED_WORD.exec(text);
  if (word === null) return undefined;
  const refuse = word[0] === "ENV" ? readsEnvironment : REFUSED_NAMES.get(word[0]);
  const problem = refuse?.(word[0], offset + word.index);
  return (
    problem && {
      ...problem,
      hint: `leave the word out of the comment: comments are judged as code, because versions of jq end them differently`,
    }
  );
};

const readsEnvironment = (text: string, offset: number): JqProblem => ({
  code: "jq-reads-environment",
  message: `${quoted(text)} in a jq program reads the environment`,
  hint: "pass values with `--arg name value` and use `$name`; a field is `.env`, a key `{env: …}`, and a function of your own needs another name",
  offset,
});

const loadsModule = (text: string, offset: number): JqProblem => ({
  code: "jq-loads-module",
  message: `${quoted(text)} in a jq program needs module files`,
  hint: "define functions in the program itself with `def name: …;`; a field of that name is `.import`, a key is `{import: …}`",
  offset,
});

const namesInputFile = (text: string, offset: number): JqProblem => ({
  code: "jq-names-input-file",
  message: `${quoted(text)} in a jq program names files of this machine`,
  hint: "pass the name with `--arg name value` and use `$name`",
  offset,
});

const internal = (text: string, offset: number): JqProblem => ({
  code: "jq-not-understood",
  message: `${quoted(text)} in a jq program is a name jq keeps for itself`,
  hint: "name variables without leading underscores; of those only `$__loc__` is accepted",
  offset,
});

/** In backticks; a name may be as long as the program, a message may not. */
const quoted = (text: string): string => (text.length > 60 ? `\`${text.slice(0, 59)}…\`` : `\`${text}\``);

const REFUSED_NAMES: ReadonlyMap<string, (text: string, offset: number) => JqProblem> = new Map([
  ["env", readsEnvironment],
  ["import", loadsModule],
  ["include", loadsModule],
  ["module", loadsModule],
  ["modulemeta", loadsModule],
  ["get_search_list", namesInputFile],
  ["input_filename", namesInputFile],
]);

const REFUSED_WORD = /\b(?:ENV|env|import|include|module|modulemeta|get_search_list|input_filename)\b/;
