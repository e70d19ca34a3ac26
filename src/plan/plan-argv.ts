import type { Argument, Plan, PlannedPipeline, Stage } from "./plan.js";
import { DEFAULT_STREAMS } from "./streams.js";

/** The plan of one command that never was a text; its text is the words with blanks between, for messages only. */
export const planArgv = ([first, ...rest]: readonly [string, ...string[]]): Plan => {
  let at = 0;
  const argument = (text: string): Argument => {
    const start = at;
    at += text.length + 1;
    return { text, span: { start, end: start + text.length } };
  };
  const all: [Argument, ...Argument[]] = [argument(first), ...rest.map(argument)];
  const stage = { arguments: all, span: { start: 0, end: at - 1 }, streams: DEFAULT_STREAMS };
  return planStages([first, ...rest].join(" "), [stage]);
};

/** The plan of one pipeline whose stages are known. */
export const planStages = (text: string, stages: readonly [Stage, ...Stage[]]): Plan => {
  const [first, ...rest] = stages;
  const span = { start: first.span.start, end: (rest.at(-1) ?? first).span.end };
  const pipeline: PlannedPipeline = { stages: [0, ...rest.map((_, index) => index + 1)], span };
  return { text, stages, pipelines: [pipeline], steps: [{ when: "always", pipeline: 0 }] };
};
