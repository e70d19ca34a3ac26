import { err, ok, type Result } from "../../language/result.js";
import { type AwkProblem, notUnderstood, readsFile, runsCommand } from "./awk-problem.js";
import type { AwkToken, AwkTokenKind } from "./awk-token.js";
import { BUILTINS, KEYWORDS } from "./awk-words.js";
import { refuseAwkName } from "./refuse-awk-name.js";
import { badCharacter, badNumber, loadsCode, namespaced, unclosedString } from "./unreadable.js";

/**
 * The token at or behind an offset, a slash always an operator. Operators that only a redirection or a pipe has, and names that are
 * never allowed, are refused here, wherever they stand. The facts are those of `yylex` in gawk's `awkgram.y`.
 */
export const readAwkToken = (program: string, from: number): Result<AwkToken, AwkProblem> => {
  const offset = from + (matchAt(GAP, program, from)?.length ?? 0);
  if (offset === program.length) return ok({ kind: "end", text: "", offset, end: offset });
  for (const [kind, pattern] of TOKENS) {
    const text = matchAt(pattern, program, offset);
    if (text === undefined) continue;
    const token = { kind, text, offset, end: offset + text.length };
    return kind === "name" ? readName(program, token) : operatorAllowed(program, token);
  }
  return err(unreadable(program, offset));
};

// gap = { join } ;
const GAP = /(?:[ \t]+|\\\n|#[^\n]*)+/y;

// Behind a number gawk goes on with the next token, whatever it is. `1x` is refused: it is hardly meant as `1 x`.
const NUMBER = /(?:0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![.0-9A-Za-z_])/y;

const TOKENS: readonly (readonly [AwkTokenKind, RegExp])[] = [
  ["newline", /\n/y],
  ["name", /[A-Za-z_][0-9A-Za-z_]*/y],
  ["number", NUMBER],
  ["string", /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/y],
  ["operator", /\*\*=?|[-+*/%^=!<>]=|!~|\+\+|--|&&|\|[|&]?|>>|[-+*/%^!<>=~?:,;(){}[\]$]/y],
];

const readName = (program: string, token: AwkToken): Result<AwkToken, AwkProblem> => {
  const refused = refuseAwkName(token.text, token.offset);
  if (refused) return err(refused);
  const next = program[token.end];
  if (program.startsWith("::", token.end)) return err(namespaced(token));
  // `_"text"` is a text to translate.
  if (token.text === "_" && next === '"') return err(readsFile('_"', "leave out the `_`", token.offset));
  return ok({ ...token, kind: kindOf(token.text, next) });
};

const kindOf = (name: string, next: string | undefined): AwkTokenKind => {
  if (KEYWORDS.has(name)) return "keyword";
  if (BUILTINS.has(name)) return "builtin";
  return next === "(" ? "call" : "name";
};

const operatorAllowed = (program: string, token: AwkToken): Result<AwkToken, AwkProblem> => {
  const { text, offset } = token;
  if (text === "|" || text === "|&") return err(pipes(program, token));
  return text === ">>" ? err(appends(offset)) : ok(token);
};

const pipes = (program: string, { text, offset, end }: AwkToken): AwkProblem =>
  /^\s*getline\b/.test(program.slice(end, end + 40))
    ? runsCommand(`${text} getline`, "run the command as a stage before awk, and read its output as the input", offset)
    : runsCommand(
        text,
        "leave it out, and write the next stage behind the awk program, as in `awk '{print $1}' | sort`",
        offset,
      );

const appends = (offset: number): AwkProblem => ({
  code: "awk-writes-file",
  message: "`>>` in an awk program appends to a file",
  hint: "leave it out: what is printed is the answer",
  offset,
});

const unreadable = (program: string, offset: number): AwkProblem => {
  const character = program[offset];
  if (character === "@") return loadsCode(program, offset);
  if (character === '"') return unclosedString(program, offset);
  if (character !== undefined && /[0-9]/.test(character)) return badNumber(program, offset);
  if (character === "&")
    return notUnderstood("`&` is no operator of awk", "write `&&`, or `and(a, b)` for bits", offset);
  return badCharacter(program, offset);
};

const matchAt = (pattern: RegExp, program: string, offset: number): string | undefined => {
  pattern.lastIndex = offset;
  return pattern.exec(program)?.[0];
};
