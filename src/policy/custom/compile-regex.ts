import { RE2JS, RE2JSException } from "re2js";
import { err, ok, type Result } from "../../language/result.js";
import type { FileRegex } from "./policy-schema.js";
import type { RegexRule } from "./regex-rule.js";

/** Compiles a pattern in RE2, which reads its text once whatever the pattern. Problem: what is wrong with it. */
export const compileRegex = (regex: FileRegex, where: string): Result<RegexRule, string> => {
  try {
    const compiled = RE2JS.compile(regex.pattern, RE2JS.DOTALL);
    return ok({ ...regex, where, compiled, begins: beginning(regex.pattern) });
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
  if (pattern.includes("|") && hasOuterAlternative(pattern)) return "";
  const [text = ""] = /^aws [a-z0-9][a-z0-9 -]*/.exec(pattern) ?? [];
  const sure = /^[?*{]/.test(pattern.slice(text.length)) ? text.slice(0, -1) : text;
  return sure.replace(/\s*(?:\s-.*)?$/, "");
};

const hasOuterAlternative = (pattern: string): boolean => {
  const outside = pattern.replace(/\\[\s\S]/g, "").replace(/\[[^\]]*\]/g, "");
  let depth = 0;
  for (const character of outside) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "|" && depth === 0) return true;
  }
  return false;
};
