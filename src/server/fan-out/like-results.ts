import type { TaskResult } from "./task-result.js";

/** Results that say the same, the first of them at the place that it has among all. */
export type LikeResults = readonly [TaskResult, ...TaskResult[]];

/**
 * Puts together those results of one command that failed without output and for the same reason, whatever place, account
 * or request it names: said once it is enough.
 */
export const likeResults = (results: readonly TaskResult[]): readonly LikeResults[] => {
  const groups = new Map<string, [TaskResult, ...TaskResult[]]>();
  for (const result of results) {
    const key = reasonOf(result) ?? `${result.number}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [result]);
    else group.push(result);
  }
  return [...groups.values()];
};

const reasonOf = ({ task, status, answer }: TaskResult): string | undefined => {
  const { error, output, pipelines, warnings } = answer.structured;
  if (error === undefined || output !== "" || pipelines !== undefined || warnings !== undefined) return undefined;
  const words = [error.message, error.hint].map((text) =>
    withoutNames(text, [task.target.region, task.target.profile]),
  );
  return JSON.stringify([task.step, status, error.kind, error.code, ...words]);
};

const withoutNames = (text: string, names: readonly (string | undefined)[]): string =>
  names
    .reduce((rest: string, name) => (name ? rest.replaceAll(name, "…") : rest), text)
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "…")
    .replace(/\b\d{12}\b/g, "…");
