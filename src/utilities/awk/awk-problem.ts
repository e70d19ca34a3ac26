import { inBackticks } from "../../language/visible.js";

/** Why a program may not run. */
export type AwkProblem = {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly offset: number;
};

export const notUnderstood = (message: string, hint: string, offset: number): AwkProblem => ({
  code: "awk-not-understood",
  message,
  hint,
  offset,
});

export const runsCommand = (text: string, hint: string, offset: number): AwkProblem => ({
  code: "awk-runs-command",
  message: `\`${text}\` in an awk program runs a command`,
  hint,
  offset,
});

export const writesFile = (text: string, offset: number): AwkProblem => ({
  code: "awk-writes-file",
  message: `\`${text}\` behind \`print\` in an awk program writes to a file`,
  hint: "leave it out, as what is printed is the answer; put a comparison in parentheses, as in `print ($1 > 5)`",
  offset,
});

export const readsFile = (text: string, hint: string, offset: number): AwkProblem => ({
  code: "awk-reads-file",
  message: `\`${text}\` in an awk program reads a file`,
  hint,
  offset,
});

/** The program from there up to the end of its line, as much as a message holds. */
export const excerptFrom = (program: string, offset: number): string => {
  const line = program.indexOf("\n", offset);
  return inBackticks(program.slice(offset, line === -1 ? program.length : line));
};
