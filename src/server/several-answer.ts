import type { EngineAnswer } from "../engine.js";
import type { CompletedRun } from "../executor/run-result.js";
import { statusOfResult } from "../executor/status-of.js";
import type { KeptResult } from "../kept-result.js";
import { shown } from "../policy/approval/shown.js";
import type { PipelineEnd } from "../steps/text-run.js";
import type { Answer } from "./answer.js";
import { blockLines, errorLines, exitLine, noteLines, runOutput, warningLines } from "./completed-answer.js";
import { identityLines, identityOutput } from "./identity-lines.js";
import type { PipelineOutput } from "./output-schema.js";
import { errorOf } from "./run-error.js";

type RanSeveral = Extract<EngineAnswer, { kind: "ran-several" }>;
type PartOutput = NonNullable<PipelineOutput["pipelines"]>[number];

/** The answer to a text of several pipelines: each one's result by itself, and together what a shell would have printed. */
export const severalAnswer = ({ ends, warnings, identities, kept, policy }: RanSeveral): Answer => {
  const parts = withinBound(ends.map((each) => partOf(each, kept)));
  const error = decisive(ends, parts);
  const runs = ends.flatMap(({ end }) => (end.kind === "run" ? [end] : []));
  const shown = ends.flatMap(({ end, isInner }) => (end.kind === "run" && !isInner ? [end] : []));
  const structured: PipelineOutput = {
    status: error === undefined ? "success" : "error",
    output: shown.map(({ output }) => output.text).join(""),
    stages: parts.flatMap(({ stages }) => stages).map(({ stderr: _, ...stage }) => stage),
    duration_ms: runs.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    ...identityOutput(identities),
    enforced: inAll(runs),
    pipelines: [...parts],
    ...writtenBy(runs),
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
    policy,
    ...(error === undefined ? {} : { error }),
  };
  const text = [
    ...ends.flatMap((end, index) => partLines(end, parts[index], error, kept)),
    ...warningLines(warnings),
    ...identityLines(identities),
    `policy ${policy.slice(0, 12)}`,
    ...errorLines(error),
  ];
  return { isError: error !== undefined, text: text.join("\n"), structured };
};

/** Characters of a command, in text and data: what other commands have put into it is output that no bound would hold. */
const MOST_COMMAND = 200;

const partOf = (each: PipelineEnd, kept: readonly KeptResult[]): PartOutput => {
  const { isInner, end } = each;
  const command = each.command.length > MOST_COMMAND ? shown(each.command, MOST_COMMAND) : each.command;
  const named = { command, ...(isInner ? { substitution: true } : {}) };
  switch (end.kind) {
    case "run": {
      const error = errorOf(end);
      const given = { ...runOutput(end, kept), ...(isInner ? { output: "" } : {}) };
      const status = error === undefined ? ("success" as const) : ("error" as const);
      return { ...named, status, exit_code: statusOfResult(end), ...given, ...(error === undefined ? {} : { error }) };
    }
    case "failure": {
      const { code, message, hint } = end;
      const error = { kind: "failure" as const, code, message, hint };
      return { ...named, status: "error", exit_code: statusOfResult(end), output: "", stages: [], error };
    }
    case "refused": {
      const { code, message, hint } = end.checked;
      return { ...named, status: "error", output: "", stages: [], error: { kind: "refusal", code, message, hint } };
    }
    case "skipped":
    case "not-run":
      return { ...named, status: end.kind, output: "", stages: [] };
  }
};

// What `||` answers, or what only feeds another command, is no failure of the text; what stopped it is.
const decisive = (ends: readonly PipelineEnd[], parts: readonly PartOutput[]): PipelineOutput["error"] => {
  const stopper = ends.findIndex(({ end }) => end.kind === "not-run");
  const stopped = parts.slice(0, stopper < 0 ? undefined : stopper).findLast(({ error }) => error !== undefined);
  const refusedAt = ends.findIndex(({ end }) => end.kind === "refused");
  const refused = parts[refusedAt]?.error;
  // Where a substitution gave nothing because its command failed, that is the reason.
  const reason = parts.findLast(({ error }, index) => error !== undefined && index < refusedAt && ends[index]?.isInner);
  if (refused !== undefined) return (refused.code === "expansion-empty" ? reason?.error : undefined) ?? refused;
  if (stopper >= 0) return stopped?.error ?? notAllRan;
  return parts.find((part, index) => part.error !== undefined && isLastWord(ends, index))?.error;
};

// Nothing stops a text without an error but its bound.
const notAllRan: PipelineOutput["error"] = {
  kind: "failure",
  code: "output-full",
  message: "the output passed what may be kept, so that what stands behind it did not run",
  hint: "ask for less, as with `| head -n 100`, and send the rest in a call of its own",
};

/** Whether no later pipeline of its AND-OR list ran because of how this one ended. */
const isLastWord = (ends: readonly PipelineEnd[], index: number): boolean => {
  const end = ends[index];
  return end !== undefined && !end.isInner && !end.isAnswered;
};

const partLines = (
  { command, isInner, end }: PipelineEnd,
  part: PartOutput | undefined,
  decisiveError: PipelineOutput["error"],
  kept: readonly KeptResult[],
): readonly string[] => {
  // The one that decides stands at the end.
  const own = part?.error === decisiveError ? [] : errorLines(part?.error);
  // One line: it may hold data of other commands, which must not look like what stands outside of the marks.
  const line = shown(command, MOST_COMMAND);
  const title = isInner ? `$(${line})` : line;
  switch (end.kind) {
    case "run":
      return [
        `> ${title}`,
        ...(isInner ? [] : blockLines(end, kept)),
        ...noteLines(end, part?.error),
        exitLine(end),
        ...own,
      ];
    case "failure":
      return [`> ${title}`, "not run: it could not be started", ...own];
    case "refused":
      return [`> ${title}`, "not run: refused", end.checked.excerpt].filter((line) => line !== "");
    case "skipped":
      return [`> ${title}`, "skipped: the status before it was not the one it waits for"];
    case "not-run":
      return [`> ${title}`, "not run: the text was over before it"];
  }
};

/** UTF-16 units of the error streams of a whole text. */
const MOST_STDERR = 65_536;

const withinBound = (parts: readonly PartOutput[]): readonly PartOutput[] => {
  let left = MOST_STDERR;
  return parts.map((part) => ({
    ...part,
    stages: part.stages.map((stage) => {
      if (stage.stderr === undefined) return stage;
      const stderr = stage.stderr.slice(0, left);
      left -= stderr.length;
      return { ...stage, stderr };
    }),
  }));
};

const writtenBy = (runs: readonly CompletedRun[]): { readonly written?: string[] } => {
  const written = [...new Set(runs.flatMap(({ files }) => files.written))];
  return written.length === 0 ? {} : { written };
};

const inAll = (runs: readonly CompletedRun[]): string[] =>
  [...(runs[0]?.enforced ?? [])].filter((name) => runs.every(({ enforced }) => enforced.includes(name)));
