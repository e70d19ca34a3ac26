import type { SlidingWindow } from "./sliding-window.js";

/** Why something is refused that may be sent again later. */
export type LimitProblem = {
  readonly code: "calls-exhausted" | "bytes-exhausted";
  readonly message: string;
  readonly hint: string;
};

/** Why no command may be sent now; nothing where one may. */
export const callsProblem = (calls: SlidingWindow): LimitProblem | undefined =>
  calls.left() >= 1
    ? undefined
    : {
        code: "calls-exhausted",
        message: `${calls.most === 1 ? "1 command was" : `${calls.most} commands were`} run or checked in the last minute, and no more may be`,
        hint: `send it again ${inSeconds(calls.wait(1))}; the bound is the operator's AWS_MCP_CALLS_PER_MINUTE`,
      };

/** Why so many bytes may not be drawn now; nothing where they may. */
export const bytesProblem = (bytes: SlidingWindow, count: number): LimitProblem | undefined =>
  bytes.left() >= Math.min(count, bytes.most)
    ? undefined
    : {
        code: "bytes-exhausted",
        message: `the outputs of the last minute have come to ${bytes.used()} bytes, and they may come to ${bytes.most}`,
        hint: `send it again ${inSeconds(bytes.wait(count))}, and ask for less, as with \`--max-items 100\` or \`| head -n 100\`; the bound is the operator's AWS_MCP_BYTES_PER_MINUTE`,
      };

/** `in 12 seconds`, and by then so much time has passed. */
export const inSeconds = (milliseconds: number): string => {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return `in ${seconds} second${seconds === 1 ? "" : "s"}`;
};
