import type { Problem } from "./problem.js";
import { type Span, span } from "./span.js";

/** How long a text may be, in UTF-16 code units. */
export const MAX_TEXT = 1_048_576;

/** How many commands a pipeline may have. */
export const MAX_COMMANDS = 32;

/** How many pipelines a text may have, those of its substitutions counted. */
export const MAX_PIPELINES = 100;

/** How many substitutions may stand around a command. */
export const MAX_DEPTH = 4;

export const textTooLong = (text: string): Problem => ({
  code: "text-too-long",
  message: `the text has ${text.length} characters, and ${MAX_TEXT} is the most`,
  hint: "put large input into a file and name the file",
  span: span(MAX_TEXT, text.length),
});

export const tooManyCommands = (pipe: Span): Problem => ({
  code: "too-many-stages",
  message: `the pipeline has more than ${MAX_COMMANDS} commands`,
  hint: "split it into several calls, or do more in one `jq` filter",
  span: pipe,
});

export const tooManyPipelines = (where: Span): Problem => ({
  code: "too-many-pipelines",
  message: `the text has more than ${MAX_PIPELINES} pipelines`,
  hint: "split it into several calls, or run one command for each item: `cat names.txt | xargs -n 1 echo`",
  span: where,
});

export const tooDeep = (where: Span): Problem => ({
  code: "substitution-too-deep",
  message: `more than ${MAX_DEPTH} command substitutions stand in each other`,
  hint: "keep an inner result in a file of the workspace: `aws s3 ls | tee buckets.txt; wc -l buckets.txt`",
  span: where,
});
