import type { Problem } from "./problem.js";
import type { Span } from "./span.js";
import type { Token } from "./token.js";

/**
 * What is wrong with a place where a command must begin and none does: the token is fine, but not here.
 * `before` is what ended the last command; `undefined` at the start of a text or of a substitution.
 */
export const missingCommand = (token: Token, before: Token | undefined): Problem => {
  const isLast = token.kind === "end" || token.kind === "close";
  if (before?.kind === "pipe") return isLast ? trailingPipe(before.span) : emptyStage(token.span);
  if (before?.kind === "and-or") return before.operator === "&&" ? trailingAnd(before.span) : trailingOr(before.span);
  const hint = before?.kind === "newline" ? LINE_HINT : HINT;
  if (token.kind === "pipe") return leadingPipe(token.span, hint);
  if (token.kind === "and-or")
    return token.operator === "&&" ? leadingAnd(token.span, hint) : leadingOr(token.span, hint);
  return leadingSemicolon(token.span);
};

const HINT = "begin with a command: `aws s3 ls s3://logs && aws s3 ls | sort`";
const LINE_HINT =
  "a newline ended the command: move this to the end of the line before, or end that line with a backslash";

const leadingPipe = (where: Span, hint: string): Problem => ({
  code: "leading-pipe",
  message: "nothing stands before this pipe",
  hint,
  span: where,
});

const leadingAnd = (where: Span, hint: string): Problem => ({
  code: "leading-and",
  message: "nothing stands before this `&&`",
  hint,
  span: where,
});

const leadingOr = (where: Span, hint: string): Problem => ({
  code: "leading-or",
  message: "nothing stands before this `||`",
  hint,
  span: where,
});

const leadingSemicolon = (where: Span): Problem => ({
  code: "leading-semicolon",
  message: "nothing stands before this `;`",
  hint: "remove it, one semicolon or newline after a command is enough: `date; aws s3 ls`; quote a literal one: `echo 'a;b'`",
  span: where,
});

const trailingPipe = (where: Span): Problem => ({
  code: "trailing-pipe",
  message: "nothing follows the last pipe",
  hint: "remove it, or add the command that reads from it: `aws s3 ls | sort`",
  span: where,
});

const emptyStage = (where: Span): Problem => ({
  code: "empty-stage",
  message: "nothing stands between a pipe and this",
  hint: "remove one of them, or quote a literal pipe: `grep 'a|b'`",
  span: where,
});

const trailingAnd = (where: Span): Problem => ({
  code: "trailing-and",
  message: "no command follows this `&&`",
  hint: "remove it, or add the command that runs after a success: `aws s3 ls s3://logs && echo yes`",
  span: where,
});

const trailingOr = (where: Span): Problem => ({
  code: "trailing-or",
  message: "no command follows this `||`",
  hint: "remove it, or add the command that runs after a failure: `aws s3 ls s3://logs || echo missing`",
  span: where,
});

/** Redirections without a program. */
export const onlyRedirections = (where: Span): Problem => ({
  code: "only-redirections",
  message: "the command has redirections and no program",
  hint: "write the program whose output they are about: `aws s3 ls 2>/dev/null`",
  span: where,
});
