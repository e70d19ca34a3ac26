import { quoteArgv } from "../language/quote.js";
import type { Sink, Streams } from "../plan/streams.js";
import { isUnknown, withUnknownShown } from "../plan/unknown.js";
import type { Verdict } from "./verdict.js";

type LineStage = { readonly argv: readonly string[]; readonly streams: Streams };
type Structured = Pick<Verdict, "pipelines" | "steps"> & { readonly stages: readonly (LineStage | undefined)[] };

/**
 * What would run, as one line: canonical commands with their redirections and operators. What is not known yet is shown as
 * `$(…)` and `{}`. Nothing where a stage could not be understood.
 *
 * @param shown how one word is shown
 */
export const commandLine = (verdict: Structured, shown: (word: string) => string = (word) => word): string =>
  verdict.steps
    .map(
      ({ when, pipeline }, index) => `${index === 0 ? "" : OPERATORS[when]}${pipelineLine(verdict, pipeline, shown)}`,
    )
    .join("");

const OPERATORS = { always: "; ", success: " && ", failure: " || " };

/** One pipeline of it. */
export const pipelineLine = (
  { pipelines, stages }: Structured,
  pipeline: number,
  shown: (word: string) => string = (word) => word,
): string => (pipelines[pipeline]?.stages ?? []).map((index) => stageLine(stages[index], shown)).join(" | ");

/** One stage as a line. */
export const stageLine = (stage: LineStage | undefined, shown: (word: string) => string): string =>
  stage === undefined ? "…" : [shownArgv(stage.argv, shown), ...redirections(stage.streams)].join(" ");

/** An argument vector as one line, with `$(…)` and `{}` where a part is not known yet. */
export const shownArgv = (argv: readonly string[], shown: (word: string) => string = (word) => word): string =>
  argv.map((word) => (isUnknown(word) ? openWord(word, shown) : quoteArgv([shown(word)]))).join(" ");

// Between double quotes, where a shell would expand it.
const openWord = (word: string, shown: (word: string) => string): string => {
  const text = withUnknownShown(
    partsOf(word)
      .map((part) => (isUnknown(part) ? part : escaped(shown(part))))
      .join(""),
  );
  return /^[\w@%+=:,./{}-]+$/.test(text) ? text : `"${text}"`;
};

const partsOf = (word: string): readonly string[] => word.split(/(\ud800|\ud801)/u);

const escaped = (text: string): string => text.replace(/["\\$`]/g, "\\$&");

const redirections = ({ stdin, stdout, stderr }: Streams): readonly string[] => [
  ...(stdin === "null" ? ["</dev/null"] : []),
  ...OUTPUTS[stdout][stderr],
];

// By where standard output leads, then standard error. The order of two redirections means something; nothing that may be
// written makes the two change places.
const OUTPUTS: Readonly<Record<Sink, Readonly<Record<Sink, readonly string[]>>>> = {
  output: { output: ["2>&1"], errors: [], null: ["2>/dev/null"] },
  errors: { output: ["2>&1", ">&2"], errors: [">&2"], null: [">&2", "2>/dev/null"] },
  null: { output: ["2>&1", ">/dev/null"], errors: [">/dev/null"], null: [">/dev/null", "2>&1"] },
};
