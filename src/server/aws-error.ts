import { type AwsWords, firstAwsWords, outputAwsWords, readAwsWords } from "../executor/aws-errors/aws-words.js";
import { awsProblem } from "../executor/aws-errors/error-row.js";
import type { CompletedRun } from "../executor/run-result.js";
import { deniedHint } from "./aws-errors/denied-hint.js";
import { errorRows } from "./aws-errors/error-rows.js";
import { exitMeaning } from "./aws-errors/exit-meaning.js";

/** What is wrong with an aws stage, and what to do about it. */
export type AwsError = {
  /** Stable, kebab-case. */
  readonly code: string;
  /** AWS's own words are in it, on one line. */
  readonly message: string;
  /** The engine's, with nothing of AWS's but values that cannot be read as anything else. */
  readonly hint: string;
  /** Index of the stage. */
  readonly stage: number;
};

/** Of an aws stage that has done what it was asked to, though its status is that of a failure. */
export const DRY_RUN = "aws-dry-run";

/** The error of the first aws stage that failed; that a dry run has ended well is told only where nothing failed. */
export const awsError = (run: CompletedRun): AwsError | undefined => {
  const errors = run.stages.flatMap((_, index) => stageError(run, index) ?? []);
  return errors.find(({ code }) => code !== DRY_RUN) ?? errors[0];
};

const stageError = ({ stages, output }: CompletedRun, stage: number): AwsError | undefined => {
  const { name, exit, stderr } = stages[stage] ?? stages[0];
  if (name !== "aws" || exit.kind !== "exited" || exit.code === 0) return undefined;
  const hasConsumer = stage < stages.length - 1;
  // Python's own for output that nobody reads any more.
  if (exit.code === 120 && hasConsumer) return undefined;
  const words = readAwsWords(stderr);
  const told = exit.code === INTERRUPTED ? undefined : (problemOf(words) ?? outputProblem(stderr, output.text));
  const { code, says, hint } = told ?? exitMeaning(exit.code, words);
  return { code, message: messageOf(says, words), hint, stage };
};

const INTERRUPTED = 130;

const problemOf = (words: AwsWords) => {
  const told = awsProblem(words, errorRows);
  return told?.code === "aws-access-denied" ? { ...told, hint: deniedHint(words) ?? told.hint } : told;
};

const messageOf = (says: string, { shown, others }: AwsWords): string => {
  const more = others === 0 ? "" : ` (and ${others} more)`;
  return shown === "" ? says : `${says}: ${shown}${more}`;
};

/** The first of the AWS CLI's errors in what several runs of it have written, as one line. */
export const firstErrorInside = (stderr: string): string | undefined => firstAwsWords(stderr)?.shown;

/** The same as what `awsError` tells of a stage; undefined where it is none, or none that is told apart. */
export const firstAwsErrorInside = (stderr: string, output = ""): Omit<AwsError, "stage"> | undefined => {
  const words = firstAwsWords(stderr);
  const told = words === undefined ? undefined : problemOf(words);
  if (words !== undefined && told !== undefined)
    return { code: told.code, message: messageOf(told.says, words), hint: told.hint };
  const problem = outputProblem(stderr, output);
  return problem === undefined ? undefined : { code: problem.code, message: problem.says, hint: problem.hint };
};

// Where `2>&1` has put the error into the output. Its words stay there, between the marks that say what is data.
const outputProblem = (stderr: string, output: string) => {
  const words = stderr.trim() === "" ? outputAwsWords(output) : undefined;
  return words === undefined ? undefined : problemOf(words);
};
