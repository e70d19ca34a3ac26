import { isUtf8 } from "node:buffer";
import { err, ok, type Result } from "../../language/result.js";
import type { Stage } from "../../plan/plan.js";
import { itemsOf } from "../../utilities/xargs/items-of.js";
import { limitsBeside, MAX_XARGS_INPUT } from "../../utilities/xargs/run-limits.js";
import type { XargsCall } from "../../utilities/xargs/xargs-call.js";
import { inputTooLong, type XargsProblem } from "../../utilities/xargs/xargs-problem.js";
import { type NoInput, readInput } from "./read-input.js";

/** The items of each run. */
export type Batches = readonly (readonly string[])[];

/**
 * Reads an input to its end and divides it into the items of each run. Bytes that are no text would become others on their
 * way into an argument.
 *
 * @param stdin the read end of a pipe, which belongs to this function; undefined where there is nothing to read
 * @returns no batches where the signal has fired
 *
 * Problems: those of `itemsOf`; `xargs-input-too-long`, `xargs-input-not-text`, `xargs-input-unreadable`.
 */
export const inputBatches = async (
  call: XargsCall,
  command: Stage,
  stdin: number | undefined,
  signal: AbortSignal,
): Promise<Result<Batches, XargsProblem>> => {
  const input = stdin === undefined ? ok(Buffer.alloc(0)) : await readInput(stdin, MAX_XARGS_INPUT, signal);
  if (!input.ok) return input.error === "aborted" ? ok([]) : err(PROBLEMS[input.error]);
  if (!isUtf8(input.value)) return err(notText);
  return itemsOf(call, input.value.toString("utf8"), limitsBeside(command.arguments));
};

const notText: XargsProblem = {
  code: "xargs-input-not-text",
  message: "the input of `xargs` is not UTF-8 text, and its bytes would be others in an argument",
  hint: "look at it without `xargs`: end the pipeline with `od -c | head`",
};

const PROBLEMS: Readonly<Record<Exclude<NoInput, "aborted">, XargsProblem>> = {
  "too-much": inputTooLong,
  unreadable: {
    code: "xargs-input-unreadable",
    message: "the input of `xargs` could not be read to its end",
    hint: "send it again; when it fails again, tell the operator",
  },
};
