import type { Problem } from "../language/problem.js";
import type { Argument, Stage } from "./plan.js";

/**
 * The most bytes that one argument may have. Linux takes 128 KiB (MAX_ARG_STRLEN, execve(2)); past it spawn fails
 * after earlier stages have started.
 */
export const MAX_ARGUMENT_BYTES = 120 * 1024;

/** The most bytes that all arguments of one stage may have together. */
export const MAX_ARGV_BYTES = 1024 * 1024;

/** The most words of one command; nobody writes more, and each costs the kernel a pointer besides its bytes. */
export const MAX_ARGUMENTS = 8192;

/** The most bytes that the output of a command substitution may have; it is to fit into one argument. */
export const MAX_SUBSTITUTION_BYTES = 100 * 1024;

/**
 * What is wrong with a stage's size, in bytes of UTF-8.
 *
 * Problems: `argument-too-long`, `arguments-too-long`, `too-many-arguments`.
 */
export const sizeProblem = (stage: Pick<Stage, "arguments" | "span">): Problem | undefined => {
  if (stage.arguments.length > MAX_ARGUMENTS) return tooManyArguments(stage);
  let total = 0;
  for (const argument of stage.arguments) {
    const bytes = Buffer.byteLength(argument.text) + 1;
    if (bytes > MAX_ARGUMENT_BYTES) return argumentTooLong(argument, bytes);
    total += bytes + POINTER;
  }
  return total > MAX_ARGV_BYTES ? argumentsTooLong(stage, total) : undefined;
};

// execve(2) counts one pointer for each argument as well.
const POINTER = 8;

type Sized = Pick<Stage, "arguments" | "span">;

const tooManyArguments = (stage: Sized): Problem => ({
  code: "too-many-arguments",
  message: `one command has ${stage.arguments.length} words, and at most ${MAX_ARGUMENTS} are taken`,
  hint: "split the list over several calls",
  span: stage.span,
});

const argumentTooLong = ({ span }: Argument, bytes: number): Problem => ({
  code: "argument-too-long",
  message: `one argument has ${bytes} bytes, and at most ${MAX_ARGUMENT_BYTES} can be passed to a program`,
  hint: "put the text into a workspace file, or ask for less at once",
  span,
});

const argumentsTooLong = ({ span }: Sized, bytes: number): Problem => ({
  code: "arguments-too-long",
  message: `the arguments of one command have ${bytes} bytes together, and at most ${MAX_ARGV_BYTES} can be passed to a program`,
  hint: "split the list over several calls",
  span,
});
