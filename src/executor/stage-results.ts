import type { PreparedStage } from "./prepare-stage.js";
import type { StageResult } from "./run-result.js";
import type { Exit } from "./spawn-stage.js";
import type { RunningStage } from "./wire-stages.js";

/** How a stage ended, and how long after the start. */
export type Timed = { readonly exit: Exit; readonly milliseconds: number };

/** What a run gives of its stages. */
export type StageResults = {
  readonly stages: readonly [StageResult, ...StageResult[]];
  /** What held every one of them in, by name. */
  readonly enforced: readonly string[];
};

/** Puts together what is known of each stage; the lists are in the order of the stages. */
export const stageResults = (
  prepared: readonly [PreparedStage, ...PreparedStage[]],
  running: readonly RunningStage[],
  exits: readonly Timed[],
  errors: readonly string[],
): StageResults => {
  const held: (readonly string[])[] = [];
  const result = (stage: PreparedStage, index: number): StageResult => {
    const child = running[index];
    const told = child !== undefined && "told" in child ? child.told() : undefined;
    const enforced = stage.kind === "process" ? stage.launcher.enforces : told?.held;
    // Where nothing has run, nothing needed to be held.
    if (enforced !== undefined) held.push(enforced);
    return {
      name: stage.name,
      stderr: errors[index] ?? "",
      enforced: enforced ?? [],
      ...(exits[index] ?? { exit: { kind: "not-started", reason: "unknown" }, milliseconds: 0 }),
      ...keyOf(stage),
      ...(told === undefined ? {} : { runs: told.runs }),
      ...(told?.stopped === undefined ? {} : { stopped: told.stopped }),
      ...(told?.isUnread === undefined ? {} : { isUnread: told.isUnread }),
    };
  };
  const [first, ...rest] = prepared;
  const stages: [StageResult, ...StageResult[]] = [
    result(first, 0),
    ...rest.map((stage, index) => result(stage, index + 1)),
  ];
  return { stages, enforced: inAll(held) };
};

const keyOf = (stage: PreparedStage): Pick<StageResult, "key"> => {
  const key = stage.kind === "process" ? stage.env.AWS_ACCESS_KEY_ID : undefined;
  return key === undefined ? {} : { key };
};

const inAll = (lists: readonly (readonly string[])[]): readonly string[] =>
  (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name)));
