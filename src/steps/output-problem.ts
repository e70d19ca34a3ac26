import { MAX_SUBSTITUTION_BYTES } from "../plan/sizes.js";
import type { PipelineEnd } from "./text-run.js";

/**
 * What is wrong with the output of a command substitution as text for arguments.
 *
 * @param ends what became of its pipelines
 *
 * Problems: `expansion-too-long`, `expansion-characters`.
 */
export const outputProblem = (ends: readonly PipelineEnd[], text: string) => {
  const outputs = ends.flatMap(({ end }) => (end.kind === "run" ? [end.output] : []));
  if (outputs.some(({ dropped }) => dropped !== undefined) || Buffer.byteLength(text) > MAX_SUBSTITUTION_BYTES)
    return tooLong;
  return outputs.some((output) => Buffer.byteLength(output.text) !== output.bytes) ? notText : undefined;
};

const tooLong = {
  code: "expansion-too-long",
  message: `the command in \`$(…)\` gave more than ${MAX_SUBSTITUTION_BYTES} bytes, which is more than an argument can have`,
  hint: "ask for less, as with `--max-items 100`, or give the items to `xargs`",
};

const notText = {
  code: "expansion-characters",
  message: "the command in `$(…)` gave bytes that are no UTF-8, and no argument can hold them",
  hint: "turn them into text: `$(… | base64)`",
};
