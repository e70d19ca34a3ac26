import { readdirSync, readFileSync } from "node:fs";

/** Ids of the processes that a process started, and those that they started. */
export const descendants = (pid: number): readonly number[] => {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendants)];
};

const childrenOf = (pid: number): readonly number[] => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "latin1").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return []; // it is gone
  }
};
