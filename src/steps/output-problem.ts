import type { Output } from "../executor/run-result.js";
import { MAX_SUBSTITUTION_BYTES } from "../plan/sizes.js";

/** What the pipelines of a command substitution have given. */
export type Substituted = {
  readonly outputs: readonly Output[];
  /** Something was lost, because the call may draw no more. */
  readonly isSpent: boolean;
};

/**
 * What is wrong with the output of a command substitution as text for arguments. Half of it is none.
 *
 * Problems: `bytes-exhausted`, `expansion-too-long`, `expansion-characters`.
 */
export const outputProblem = ({ outputs, isSpent }: Substituted) => {
  if (isSpent) return spent;
  const bytes = outputs.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (outputs.some(({ dropped }) => dropped !== undefined) || bytes > MAX_SUBSTITUTION_BYTES) return tooLong;
  return outputs.some((output) => Buffer.byteLength(output.text) !== output.bytes) ? notText : undefined;
};

const spent = {
  code: "bytes-exhausted",
  message:
    "the output of the command in `$(…)` was cut, because the outputs of the last minute have come to what they may, and nothing runs with half of it",
  hint: "that command has run; send the text again when more may be drawn, and ask for less, as with `--max-items 100` or `| head -n 100`; the bound is the operator's AWS_MCP_BYTES_PER_MINUTE",
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
