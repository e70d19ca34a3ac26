import { err, ok, type Result } from "../../language/result.js";
import { type AwkProblem, excerptFrom, notUnderstood } from "./awk-problem.js";
import type { AwkToken } from "./awk-token.js";

/**
 * The regular expression whose first slash stands at an offset.
 *
 * gawk counts brackets to find the last slash, and its versions have counted in different ways. Where that matters, the expression is
 * refused: at a slash between brackets that begin with `]`, or that stand behind such brackets or behind a `]` that closes nothing.
 */
export const readAwkRegex = (program: string, offset: number): Result<AwkToken, AwkProblem> => {
  const end = endOf(program, offset);
  if (end === undefined) return err(unclear(program, offset));
  if (/[0-9A-Za-z_]/.test(program[end] ?? "")) return err(goesOn(program, offset));
  return ok({ kind: "regex", text: program.slice(offset, end), offset, end });
};

// regex = "/" , { plain | escape | bracket } , { plain | escape | bracket - slashed | closing | "]" } , "/" ;
const endOf = (program: string, offset: number): number | undefined => {
  let slashes = true;
  for (let at = offset + 1; at < program.length; ) {
    const part = partAt(program, at);
    if (part === undefined) return undefined;
    at += part.length;
    if (part === "/") return at;
    if (/^(?:\[\^?)?\]/.test(part)) slashes = false;
    if (part.startsWith("[") && part.includes("/") && !slashes) return undefined;
  }
  return undefined;
};

const partAt = (program: string, offset: number): string | undefined => {
  PART.lastIndex = offset;
  return PART.exec(program)?.[0];
};

const PART = ((): RegExp => {
  const escaped = "\\\\[^\\n]";
  // among = { "[" } , ( plain - kind | "/" | escape | "[:" , letter , { letter } , ":]" ) | kind ;
  const among = `(?:[^\\n\\\\[\\]]|${escaped}|\\[:[A-Za-z]+:\\]|\\[(?![.:=]))`;
  const bracket = `\\[(?:\\^?\\]${among}*|(?!\\^?\\])\\^?${among}+)\\]`;
  return new RegExp(`[^\\n\\\\/[\\]]+|${escaped}|/|\\]|${bracket}`, "y");
})();

const unclear = (program: string, offset: number): AwkProblem =>
  notUnderstood(
    `the regular expression ${excerptFrom(program, offset)} in the awk program is not closed, or its brackets are not clear`,
    "write `\\/`, `\\[` and `\\]` for these characters themselves, and close the expression with `/` on its line",
    offset,
  );

const goesOn = (program: string, offset: number): AwkProblem =>
  notUnderstood(
    `a letter or a digit stands directly behind the regular expression in ${excerptFrom(program, offset)}`,
    "write `\\/` for a slash inside it; awk knows no flags, so use `tolower($0) ~ /text/`",
    offset,
  );
