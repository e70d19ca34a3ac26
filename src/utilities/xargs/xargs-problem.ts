import { inBackticks } from "../../language/visible.js";
import { MAX_XARGS_INPUT, MAX_XARGS_RUNS } from "./run-limits.js";

/** Why nothing is run with an input. */
export type XargsProblem = {
  /** Stable and kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
};

export const quoteUnmatched = (quote: string, line: number): XargsProblem => ({
  code: "xargs-quote",
  message: `line ${line} of the input of \`xargs\` has a \`${quote}\` and no second one behind it`,
  hint: "take each line as it is: `xargs -d '\\n' -n 1 aws s3api get-bucket-location --bucket`",
});

export const nulCharacter: XargsProblem = {
  code: "xargs-nul",
  message: "the input of `xargs` holds a NUL character, which no argument can hold",
  hint: "divide the input there: `xargs -0 -n 1 aws s3api get-bucket-location --bucket`",
};

export const itemTooLong = (item: string, bytes: number): XargsProblem => ({
  code: "xargs-item-too-long",
  message: `the item ${inBackticks(item)} in the input of \`xargs\` has ${bytes} bytes, which no argument of its command can have`,
  hint: "divide it further, as with `tr '\\t' '\\n'` before `xargs`",
});

export const runTooLong = (lines: number): XargsProblem => ({
  code: "xargs-run-too-long",
  message: `\`-L ${lines}\` of \`xargs\` makes a command of this input that is longer than a command may be`,
  hint: "count items instead: `xargs -n 100 aws ec2 describe-instances --instance-ids`",
});

export const tooManyRuns: XargsProblem = {
  code: "xargs-too-many-runs",
  message: `\`xargs\` would run its command more than ${MAX_XARGS_RUNS} times`,
  hint: "give a run more items, as with `xargs -n 100`, or take fewer lines, as with `head -n 1000` before `xargs`",
};

/** For the reader of the input, who stops at `MAX_XARGS_INPUT`. */
export const inputTooLong: XargsProblem = {
  code: "xargs-input-too-long",
  message: `the input of \`xargs\` is longer than ${MAX_XARGS_INPUT} bytes`,
  hint: "take less of it, as with `--query` of `aws`, or `head -n 1000` before `xargs`",
};
