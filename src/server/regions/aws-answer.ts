import type { LimitFunction } from "p-limit";
import type { z } from "zod";
import type { Engine } from "../../engine.js";
import { err, ok, type Result } from "../../language/result.js";
import { oneLine } from "../../language/visible.js";
import { answerOf } from "../answer.js";

/** Why there is no answer of AWS's; in the words that a pipeline call would give. */
export type AwsProblem = { readonly code: string; readonly message: string; readonly hint: string };

/** A problem on one line: `CODE: message`. */
export const problemText = ({ code, message }: AwsProblem): string => oneLine(`${code}: ${message}`);

/** A command that only reads, and what its JSON must be. */
export type Question<T> = {
  readonly argv: readonly [string, ...string[]];
  readonly milliseconds: number;
  readonly form: z.ZodType<T>;
};

/**
 * Asks AWS through the engine, as a server that only reads.
 *
 * Problems: those of a pipeline call, `aws-answer-cut` where the server's limit of output is too small for it, and
 * `aws-answer-unclear` where it is not of the form.
 */
export const askAws = async <T>(
  engine: Engine,
  { argv, milliseconds, form }: Question<T>,
  turns: LimitFunction,
  signal: AbortSignal,
  request?: string,
): Promise<Result<T, AwsProblem>> => {
  const own = request === undefined ? {} : { request };
  const answer = await engine.runArgv(argv, { milliseconds, signal, sink: undefined, readOnly: true, turns, ...own });
  const { error } = answerOf(answer).structured;
  if (error !== undefined) return err({ code: error.code, message: error.message, hint: error.hint });
  if (answer.kind !== "ran" || answer.result.kind !== "run") throw new Error("one command ran as several");
  const { text, dropped } = answer.result.output;
  if (dropped !== undefined) return err(CUT);
  const read = form.safeParse(jsonOf(text));
  return read.success ? ok(read.data) : err(UNCLEAR);
};

// Nothing in JSON gives undefined, so a text that is none fits no form.
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const CUT: AwsProblem = {
  code: "aws-answer-cut",
  message: "AWS's answer is longer than the output that this server lets a call have",
  hint: "the operator sets a larger AWS_MCP_MAX_OUTPUT",
};

const UNCLEAR: AwsProblem = {
  code: "aws-answer-unclear",
  message: "AWS's answer is not of the form that this command's answers have",
  hint: "send the command with aws_cli_pipeline and read what it gives",
};
