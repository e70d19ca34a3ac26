import { median, timed } from "./median.js";
import type { Subject } from "./subjects.js";

/** Median milliseconds of a pipeline, ours and bash's, taken in turns; who goes first changes every round. */
export async function turns(
  pipeline: string,
  rounds: number,
  ours: Subject,
  bash: Subject,
): Promise<{ readonly ours: number; readonly bash: number }> {
  const times: { readonly ours: number[]; readonly bash: number[] } = { ours: [], bash: [] };
  const measureOurs = async () => times.ours.push(await timed(() => ours(pipeline)));
  const measureBash = async () => times.bash.push(await timed(() => bash(pipeline)));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [measureOurs, measureBash] : [measureBash, measureOurs];
    for (const measure of order) await measure();
  }
  return { ours: median(times.ours), bash: median(times.bash) };
}
