import { RE2JS, RE2JSException } from "re2js";
import { err, ok, type Result } from "../../language/result.js";
import type { FileRegex } from "./policy-schema.js";
import type { RegexRule } from "./regex-rule.js";

/** Compiles a pattern in RE2, which reads its text once whatever the pattern. Problem: what is wrong with it. */
export const compileRegex = (regex: FileRegex, where: string): Result<RegexRule, string> => {
  try {
    const compiled = RE2JS.compile(regex.pattern, RE2JS.DOTALL);
    return ok({ ...regex, where, compiled, begins: alternatives(regex.pattern).map(beginning) });
  } catch (problem) {
    if (!(problem instanceof RE2JSException)) throw problem;
    return err(`${problem.message.replace("(?s)", "")}; ${hintOf(regex.pattern)}`);
  }
};

const hintOf = (pattern: string): string => {
  if (/\(\?<?[=!]/.test(pattern))
    return "RE2 has no look-around; write a rule under `rules` with `unless`, or patterns for what is refused";
  if (/\\[1-9]|\\k</.test(pattern)) return "RE2 has no back-references; write a rule under `rules`";
  return "the syntax is that of RE2: https://github.com/google/re2/wiki/Syntax";
};

// `aws iam create-user` of `aws iam create-user.*--path`: most commands are done with after looking for that.
const beginning = (pattern: string): string => {
  const [text = ""] = /^aws [a-z0-9][a-z0-9 -]*/.exec(pattern.replace(/^\^/, "")) ?? [];
  const sure = /^[?*{]/.test(pattern.replace(/^\^/, "").slice(text.length)) ? text.slice(0, -1) : text;
  return sure.replace(/\s*(?:\s-.*)?$/, "");
};

/** The pattern's parts between the `|` that stand in no group. */
const alternatives = (pattern: string): readonly string[] => {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: piece, index } of pattern.matchAll(/\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|[()|]/g)) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (piece !== "|" || depth > 0) continue;
    found.push(pattern.slice(start, index));
    start = index + 1;
  }
  return [...found, pattern.slice(start)];
};
