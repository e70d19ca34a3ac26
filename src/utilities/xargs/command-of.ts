import type { Argument } from "../../plan/plan.js";
import type { XargsCall } from "./xargs-call.js";

/**
 * The words of the command that a call runs, as written; `echo` where it names none (POSIX, xargs, "OPERANDS"), which
 * then stands where the call does.
 *
 * @param args the words of the call, `xargs` the first of them
 */
export const commandOf = (
  call: XargsCall,
  args: readonly [Argument, ...Argument[]],
): readonly [Argument, ...Argument[]] => {
  const [first, ...rest] = call.command === undefined ? [] : args.slice(call.command);
  return first === undefined ? [{ text: "echo", span: args[0].span }] : [first, ...rest];
};
