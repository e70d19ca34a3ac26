import type { BodyItem } from "./part-body.js";
import type { TaskResult } from "./task-result.js";

/** What became of a task, and what is said of it. */
export type Part = { readonly result: TaskResult; readonly body: readonly BodyItem[] };

/** Parts that say the same, the first of them at the place that it has among all. */
export type LikeResults = readonly [Part, ...Part[]];

/**
 * Puts together those parts of one command that are the same to the letter, and those that failed without output and for
 * the same reason, whatever place, account or request it names: said once it is enough.
 */
export const likeResults = (parts: readonly Part[]): readonly LikeResults[] => {
  const groups = new Map<string, [Part, ...Part[]]>();
  for (const part of parts) {
    const { task, status } = part.result;
    const key = JSON.stringify([task.step, status, reasonOf(part.result) ?? part.body]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return [...groups.values()];
};

const reasonOf = ({ task, answer }: TaskResult): readonly string[] | undefined => {
  const { error, output, pipelines, warnings } = answer.structured;
  if (error === undefined || output !== "" || pipelines !== undefined || warnings !== undefined) return undefined;
  const words = [error.message, error.hint].map((text) =>
    withoutNames(text, [task.target.region, task.target.profile]),
  );
  return [error.kind, error.code, ...words];
};

const withoutNames = (text: string, names: readonly (string | undefined)[]): string =>
  names
    .reduce((rest: string, name) => (name ? rest.replaceAll(name, "…") : rest), text)
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "…")
    .replace(/\b\d{12}\b/g, "…");
