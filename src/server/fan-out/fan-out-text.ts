import { randomBytes } from "node:crypto";
import { shown } from "../../policy/approval/shown.js";
import { oneLine } from "../completed-answer.js";
import { type LikeResults, likeResults } from "./like-results.js";
import { placeName, type TaskResult } from "./task-result.js";

/** Characters of a command that stands as a title. */
const MOST_TITLE = 200;

/** Names in one list. */
const MOST_NAMES = 20;

/**
 * What a fan-out or a batch has given, as text: what succeeded and what did not, then each task's own answer under a line
 * of its own. The mark in those lines is a number that no output can know, so that nothing in an answer can pretend to be
 * another one.
 */
export const fanOutText = (results: readonly TaskResult[], notes: readonly string[]): string => {
  const mark = randomBytes(4).toString("hex");
  const named = namer(results);
  const parts = likeResults(results).flatMap((group, index, all) => {
    const isNewStep = all[index - 1]?.[0].task.step !== group[0].task.step;
    return partLines(group, { mark, count: results.length, named, isTitled: named.hasSteps && isNewStep });
  });
  return [
    summaryLine(results, named),
    ...notes.map((note) => `note: ${oneLine(note)}`),
    `each part begins with its number and ${mark}`,
    ...parts,
  ].join("\n");
};

type Namer = { readonly hasSteps: boolean; readonly of: (result: TaskResult) => string };

const namer = (results: readonly TaskResult[]): Namer => {
  const hasSteps = results.some(({ task }) => task.step > 0);
  const step = ({ task }: TaskResult): readonly string[] => (hasSteps ? [`command ${task.step + 1}`] : []);
  const of = (result: TaskResult): string =>
    [...step(result), placeName(result.task.target)].filter((name) => name !== "").join(", ");
  return { hasSteps, of: (result) => oneLine(of(result)) };
};

const summaryLine = (results: readonly TaskResult[], named: Namer): string => {
  const succeeded = results.filter(({ status }) => status === "success").length;
  const others = (["error", "not-run"] as const).flatMap((status) => {
    const names = reasons(
      results.filter((each) => each.status === status),
      named,
    );
    return names === "" ? [] : [`${status === "error" ? "failed" : "not run"}: ${names}`];
  });
  return [`${succeeded} of ${results.length} succeeded`, ...others].join("; ");
};

// `me-south-1, af-south-1 (region-refused), eu-west-1 (aws-service-error)`
const reasons = (results: readonly TaskResult[], named: Namer): string => {
  const codeOf = ({ answer }: TaskResult): string => answer.structured.error?.code ?? "unknown";
  return [...new Set(results.map(codeOf))]
    .map((code) => `${listed(results.filter((each) => codeOf(each) === code).map(named.of))} (${code})`)
    .join(", ");
};

const listed = (names: readonly string[]): string =>
  names.length > MOST_NAMES
    ? `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more`
    : names.join(", ");

type Part = { readonly mark: string; readonly count: number; readonly named: Namer; readonly isTitled: boolean };

const partLines = (group: LikeResults, { mark, count, named, isTitled }: Part): readonly string[] => {
  const [first] = group;
  const numbers = group.map(({ number }) => number).join(",");
  const names = group.map(named.of).filter((name) => name !== "");
  return [
    `[${numbers}/${count} ${mark}] ${[...(names.length === 0 ? [] : [names.join("; ")]), first.status].join(": ")}`,
    ...(isTitled ? [`> ${shown(first.task.command, MOST_TITLE)}`] : []),
    ...(group.length > 1 ? [`the same ${group.length} times, here of the first:`] : []),
    first.answer.text,
  ];
};
