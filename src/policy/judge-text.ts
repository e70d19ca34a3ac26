import type { Plan, Stage, Steps } from "../plan/plan.js";
import { dependsOnOutput } from "./depends-on-output.js";
import type { JudgedStage } from "./judge.js";
import type { Finding } from "./verdict.js";

/**
 * What speaks against a text as a whole, each of whose stages may be fine by itself; in the order of running.
 *
 * @param written see `writtenBefore`
 */
export const judgeText = (
  plan: Plan,
  judged: readonly JudgedStage[],
  written: readonly (readonly string[])[],
): readonly Finding[] => {
  const found: Finding[] = [];
  let hasEffect = false;
  for (const stages of runningStages(plan)) {
    for (const index of stages)
      found.push(...stageFindings(plan, judged, index, { written: written[index] ?? [], hasEffect }));
    hasEffect ||= stages.some((index) => isEffective(judged[index]));
  }
  return found;
};

/**
 * For each stage the files, by absolute paths, that the text may have written when the stage reads its own: those of the
 * pipelines before it. xargs takes its files anew for each run, so that those of its whole pipeline count for it, and its own.
 */
export const writtenBefore = (plan: Plan, judged: readonly JudgedStage[]): readonly (readonly string[])[] => {
  const before: (readonly string[])[] = plan.stages.map(() => []);
  const written: string[] = [];
  for (const stages of runningStages(plan)) {
    const own = stages.flatMap((index) => filesWritten(judged[index]));
    for (const index of stages) before[index] = isXargs(plan.stages[index]) ? [...written, ...own] : [...written];
    written.push(...own);
  }
  return before;
};

/** Whether a stage reads a file that the text may have written before. */
export const isWrittenBefore = (path: string, written: readonly string[]): boolean =>
  written.some((file) => overlap(file, path));

const isXargs = (stage: Stage | undefined): boolean => stage?.arguments[0].text === "xargs";

const runningStages = (plan: Plan): readonly (readonly number[])[] =>
  runningOrder(plan, plan.steps).map((pipeline) => plan.pipelines[pipeline]?.stages ?? []);

/** What runs before a stage in the same text. */
type Before = { readonly written: readonly string[]; readonly hasEffect: boolean };

const stageFindings = (
  plan: Plan,
  judged: readonly JudgedStage[],
  index: number,
  { written, hasEffect }: Before,
): readonly Finding[] => {
  const stage = plan.stages[index];
  const each = judged[index];
  if (stage === undefined || each === undefined) return [];
  const found: Finding[] = [];
  const asked = each.findings.find(({ decision }) => decision === "ask");
  const where = { decision: "deny" as const, stage: index, span: asked?.span ?? stage.span };
  if (asked !== undefined && hasEffect) found.push({ ...where, ...afterEffect(asked.message) });
  if (asked !== undefined && plan.stages.some(dependsOnOutput))
    found.push({ ...where, ...besideExpansion(asked.message) });
  const stale = each.inputs.find(({ how, path }) => how !== "operand" && isWrittenBefore(path, written));
  if (stale !== undefined) found.push({ ...where, span: stage.span, ...fileWritten(stale.path) });
  return found;
};

/** The pipelines in the order in which they run: what stands in a substitution runs before its command. */
const runningOrder = (plan: Plan, steps: Steps): readonly number[] =>
  steps.flatMap(({ pipeline }) => [...innerOrder(plan, pipeline), pipeline]);

const innerOrder = (plan: Plan, pipeline: number): readonly number[] =>
  (plan.pipelines[pipeline]?.stages ?? []).flatMap((index) =>
    (plan.stages[index]?.template ?? []).flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === "output" ? runningOrder(plan, part.steps) : [])),
    ),
  );

const filesWritten = (judged: JudgedStage | undefined): readonly string[] =>
  (judged?.stage?.files ?? []).flatMap(({ path, how }) => (how === "write" || how === "write-folder" ? [path] : []));

const isEffective = (judged: JudgedStage | undefined): boolean =>
  filesWritten(judged).length > 0 || (judged?.stage?.effects ?? []).some((effect) => effect !== "read");

const overlap = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

const afterEffect = (message: string) => ({
  code: "ask-after-effect",
  message: `${message}, and it stands after a command that changes something`,
  hint: "send the commands one by one: a person approves one state of things at a time",
});

const besideExpansion = (message: string) => ({
  code: "ask-with-expansion",
  message: `${message}, and a person can approve only what is written out: another command of this text is not`,
  hint: "send the command that a person is asked about alone",
});

const fileWritten = (path: string) => ({
  code: "file-written-before",
  message: `\`${path.split("/").at(-1)}\` is written by another command of the same text, and files are judged before it runs`,
  hint: "send the command that writes the file first, and this one in a call of its own",
});
