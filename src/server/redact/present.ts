import type { Checked } from "../../check.js";
import type { EngineAnswer } from "../../engine.js";
import type { CompletedRun, RunFailure, RunResult, StageResult } from "../../executor/run-result.js";
import { visibleText } from "../../language/visible.js";
import type { PipelineEnd } from "../../steps/text-run.js";
import { hideSecrets } from "./hide-secrets.js";
import { readPiece } from "./read-piece.js";

/** An answer as it may be read, and how many secrets were hidden in it: places, in all of its texts. */
export type Presented = { readonly answer: EngineAnswer; readonly hidden: number };

/**
 * An engine's answer as a model may read it: secrets hidden (unless redact is "off"), control characters made visible.
 * That goes for what may hold data: outputs, error streams, commands, messages, hints, excerpts and warnings. A question
 * stays as it is, since a person decides by what it says; so do digests, names of files and what is kept in the workspace.
 * Hiding is against accidents only; see `findSecrets`.
 */
export const present = async (answer: EngineAnswer, redact: "on" | "off"): Promise<Presented> => {
  const { show, hidden } = shower(redact);
  return { answer: await shownAnswer(answer, show), hidden: hidden() };
};

/** The verdict of a check, in the same way. */
export const presentCheck = (checked: Checked, redact: "on" | "off"): Promise<Checked> =>
  shownCheck(checked, shower(redact).show);

/** One text, in the same way. */
export const presentText = (text: string, redact: "on" | "off"): Promise<string> => shower(redact).show(text);

/** Shows texts in the same way, one after the other, and says how many secrets were hidden in them so far. */
export const shower = (redact: "on" | "off"): { readonly show: Show; readonly hidden: () => number } => {
  let hidden = 0;
  const show: Show = async (text, behind = "") => {
    if (redact === "off") return visibleText(text);
    const { text: shown, hidden: count } = await hideSecrets(text, behind);
    hidden += count;
    return visibleText(shown);
  };
  return { show, hidden: () => hidden };
};

/** `behind`: what comes after the text, by which a secret may be told that it ends in. */
type Show = (text: string, behind?: string) => Promise<string>;

const shownAnswer = async (answer: EngineAnswer, show: Show): Promise<EngineAnswer> => {
  switch (answer.kind) {
    case "refused":
    case "ask":
      return { ...answer, checked: await shownCheck(answer.checked, show) };
    case "ran":
      return { ...answer, result: await shownResult(answer.result, show), warnings: await each(answer.warnings, show) };
    case "ran-several": {
      const ends = await each(answer.ends, (end) => shownEnd(end, show));
      return { ...answer, ends, warnings: await each(answer.warnings, show) };
    }
  }
};

const shownCheck = async (checked: Checked, show: Show): Promise<Checked> => ({
  ...checked,
  message: await show(checked.message),
  hint: await show(checked.hint),
  excerpt: await shownExcerpt(checked.excerpt, show),
  canonical: await each(checked.canonical, (argv) => each(argv, show)),
  runs: await show(checked.runs),
});

// The carets stay where they are unless the line above them has changed: then they would point at the wrong place.
const shownExcerpt = async (excerpt: string, show: Show): Promise<string> => {
  const line = excerpt.split("\n", 1)[0] ?? "";
  const shown = await show(line);
  return shown === line ? excerpt : shown;
};

const shownEnd = async (each: PipelineEnd, show: Show): Promise<PipelineEnd> => {
  const command = await show(each.command);
  const { end } = each;
  switch (end.kind) {
    case "run":
    case "failure":
      return { ...each, command, end: await shownResult(end, show) };
    case "refused":
      return { ...each, command, end: { ...end, checked: await shownCheck(end.checked, show) } };
    case "skipped":
    case "not-run":
      return { ...each, command };
  }
};

const shownResult = (result: RunResult, show: Show): Promise<RunResult> =>
  result.kind === "failure" ? shownFailure(result, show) : shownRun(result, show);

const shownFailure = async (failure: RunFailure, show: Show): Promise<RunFailure> => ({
  ...failure,
  message: await show(failure.message),
  hint: await show(failure.hint),
});

const shownRun = async (run: CompletedRun, show: Show): Promise<CompletedRun> => {
  const [first, ...more] = run.stages;
  const stages = [await shownStage(first, show), ...(await each(more, (stage) => shownStage(stage, show)))] as const;
  const text = await show(run.output.text, outputBehind(run.output));
  const written = await each(run.files.written, show);
  const leftOut = await each(run.files.leftOut, async ({ path, reason }) => ({
    path: await show(path),
    reason: await show(reason),
  }));
  return { ...run, stages, files: { written, leftOut }, output: { ...run.output, text } };
};

/** Bytes behind the end of a cut output that are looked at. */
const BEHIND = 8192;

// A cut may go through a secret, which then does not look like one.
const outputBehind = ({ spool, dropped, bytes }: CompletedRun["output"]): string =>
  spool === undefined || dropped === undefined ? "" : readPiece(spool, bytes - dropped.bytes, BEHIND);

const shownStage = async (stage: StageResult, show: Show): Promise<StageResult> => {
  const { stopped } = stage;
  const stderr = await show(stage.stderr);
  if (stopped === undefined) return { ...stage, stderr };
  const item = stopped.item === undefined ? undefined : await show(stopped.item);
  const words = { message: await show(stopped.message), hint: await show(stopped.hint) };
  return { ...stage, stderr, stopped: { ...stopped, ...words, item } };
};

const each = async <T>(all: readonly T[], change: (one: T) => Promise<T>): Promise<readonly T[]> => {
  const changed: T[] = [];
  for (const one of all) changed.push(await change(one));
  return changed;
};
