import type { Problem } from "./problem.js";
import { type Span, span } from "./span.js";
import type { Token } from "./token.js";
import { inBackticks } from "./visible.js";

/** Problems of the pipeline as a whole: each token is fine, but not here, or there are none or too many. */
export const textTooLong = (text: string, limit: number): Problem => ({
  code: "text-too-long",
  message: `the text has ${text.length} characters, and ${limit} is the most`,
  hint: "put large input into a file and name the file",
  span: span(limit, text.length),
});

export const emptyText = (text: string): Problem => ({
  code: "empty-text",
  message: "there is no command in the text",
  hint: "write one: `aws s3 ls | sort`",
  span: span(0, text.length),
});

export const tooManyStages = (pipe: Span, limit: number): Problem => ({
  code: "too-many-stages",
  message: `the pipeline has more than ${limit} commands`,
  hint: "split it into several calls, or do more in one `jq` filter",
  span: pipe,
});

/** A place where a command must begin, after the pipe given or at the start, has none. */
export const missingCommand = (token: Token, pipe: Span | undefined): Problem => {
  if (pipe === undefined) return leadingPipe(token.span);
  return token.kind === "end" ? trailingPipe(pipe) : emptyStage(token.span);
};

const leadingPipe = (where: Span): Problem => ({
  code: "leading-pipe",
  message: "nothing stands before the first pipe",
  hint: "begin with the command whose output the pipe carries: `aws s3 ls | sort`",
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
  message: "nothing stands between two pipes",
  hint: "remove one of them, or quote a literal pipe: `grep 'a|b'`",
  span: where,
});

/** Something follows the newline that ended the command. */
export const severalCommands = (text: string, token: Token): Problem => ({
  code: "several-commands",
  message: `a newline ended the command before ${inBackticks(text.slice(token.span.start, token.span.end))}`,
  hint:
    token.kind === "pipe"
      ? "put the pipe at the end of the line before, or end that line with a backslash"
      : "send one pipeline per call; to continue on a new line end the line before with a backslash or a pipe",
  span: token.span,
});
