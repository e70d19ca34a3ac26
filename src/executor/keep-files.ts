import type { ApprovedStages } from "../policy/approve.js";
import { outputsOf } from "./outputs-of.js";
import { removeTaken } from "./remove-taken.js";
import type { CompletedRun } from "./run-result.js";
import type { StageSnapshots } from "./stage-snapshots.js";
import { type TakenOutputs, takeOutputs } from "./take-outputs.js";

/**
 * Brings what the stages of a run have done to their files into the workspace: files that were written come in, files
 * that the CLI has moved away go. A run that was stopped leaves the workspace as it was: its files may be halves.
 */
export const keepFiles = async (
  stages: ApprovedStages,
  { ending }: CompletedRun,
  snapshots: StageSnapshots | undefined,
): Promise<TakenOutputs> => {
  const written: string[] = [];
  const leftOut: TakenOutputs["leftOut"][number][] = [];
  if (snapshots === undefined || ending !== "finished") return { written, leftOut };
  for (const [index, stage] of stages.entries()) {
    // Each of its runs has files of its own.
    if (stage.kind === "xargs") continue;
    const outputs = outputsOf(stage.files);
    if (stage.kind === "utility" ? outputs.length === 0 : stage.files.length === 0) continue;
    const snapshot = snapshots.of(index);
    const taken = await takeOutputs(snapshot, outputs);
    written.push(...taken.written);
    leftOut.push(...taken.leftOut);
    const moved = isMove(stage.argv) ? stage.files.map(({ path }) => path) : [];
    leftOut.push(...(await removeTaken(snapshot, moved)).leftOut);
  }
  return { written, leftOut };
};

const isMove = ([, service, operation]: readonly string[]): boolean => service === "s3" && operation === "mv";
