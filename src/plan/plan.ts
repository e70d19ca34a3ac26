import type { Problem } from "../language/problem.js";
import { err, ok, type Result } from "../language/result.js";
import type { Span } from "../language/span.js";
import { type Command, type Pipeline, type Word, wordText } from "../language/syntax.js";

/** One argument as a literal string, and where it was written. */
export type Argument = { readonly text: string; readonly span: Span };

/** One command as a literal argument vector. */
export type Stage = { readonly arguments: readonly [Argument, ...Argument[]]; readonly span: Span };

/** A pipeline as literal strings: what policy judges and what runs. */
export type Plan = { readonly text: string; readonly stages: readonly [Stage, ...Stage[]] };

/**
 * The most bytes that one argument may have. Linux takes 128 KiB (MAX_ARG_STRLEN, execve(2)); past it spawn fails
 * after earlier stages have started.
 */
export const MAX_ARGUMENT_BYTES = 120 * 1024;

/** The most bytes that all arguments of one stage may have together. */
export const MAX_ARGV_BYTES = 1024 * 1024;

/** The most words of one command; nobody writes more, and each costs the kernel a pointer besides its bytes. */
export const MAX_ARGUMENTS = 8192;

/**
 * Turns a syntax tree into literal argument vectors and judges their sizes in bytes of UTF-8.
 *
 * Problems: `argument-too-long`, `arguments-too-long`, `too-many-arguments`.
 */
export const plan = (text: string, pipeline: Pipeline): Result<Plan, Problem> => {
  for (const command of pipeline.commands) {
    const problem = sizeProblem(command);
    if (problem !== undefined) return err(problem);
  }
  const [first, ...rest] = pipeline.commands;
  return ok({ text, stages: [stageOf(first), ...rest.map(stageOf)] });
};

/** The plan of one command that never was a text; its text is the words with blanks between, for messages only. */
export const planArgv = ([first, ...rest]: readonly [string, ...string[]]): Plan => {
  let at = 0;
  const argument = (text: string): Argument => {
    const start = at;
    at += text.length + 1;
    return { text, span: { start, end: start + text.length } };
  };
  const all: [Argument, ...Argument[]] = [argument(first), ...rest.map(argument)];
  return { text: [first, ...rest].join(" "), stages: [{ arguments: all, span: { start: 0, end: at - 1 } }] };
};

const stageOf = (command: Command): Stage => {
  const [first, ...rest] = command.words;
  return { arguments: [argumentOf(first), ...rest.map(argumentOf)], span: command.span };
};

const argumentOf = (word: Word): Argument => ({ text: wordText(word), span: word.span });

const sizeProblem = (command: Command): Problem | undefined => {
  if (command.words.length > MAX_ARGUMENTS) return tooManyArguments(command);
  let total = 0;
  for (const word of command.words) {
    const bytes = Buffer.byteLength(wordText(word)) + 1;
    if (bytes > MAX_ARGUMENT_BYTES) return argumentTooLong(word, bytes);
    total += bytes + POINTER;
  }
  return total > MAX_ARGV_BYTES ? argumentsTooLong(command, total) : undefined;
};

// execve(2) counts one pointer for each argument as well.
const POINTER = 8;

const tooManyArguments = (command: Command): Problem => ({
  code: "too-many-arguments",
  message: `one command has ${command.words.length} words, and at most ${MAX_ARGUMENTS} are taken`,
  hint: "split the list over several calls",
  span: command.span,
});

const argumentTooLong = (word: Word, bytes: number): Problem => ({
  code: "argument-too-long",
  message: `one argument has ${bytes} bytes, and at most ${MAX_ARGUMENT_BYTES} can be passed to a program`,
  hint: "put the text into a workspace file, or ask for less at once",
  span: word.span,
});

const argumentsTooLong = (command: Command, bytes: number): Problem => ({
  code: "arguments-too-long",
  message: `the arguments of one command have ${bytes} bytes together, and at most ${MAX_ARGV_BYTES} can be passed to a program`,
  hint: "split the list over several calls",
  span: command.span,
});
