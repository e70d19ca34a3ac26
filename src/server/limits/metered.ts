import type { CallOptions, EngineAnswer } from "../../engine.js";
import type { RunResult } from "../../executor/run-result.js";
import { inSeconds } from "./exhausted.js";
import type { SlidingWindow } from "./sliding-window.js";

/** What one call draws, while it runs. */
export type Meter = {
  readonly draw: NonNullable<CallOptions["draw"]>;
  /** The call's answer, when it is there: with the reason where its output was cut for what was left. */
  readonly ended: (answer: EngineAnswer) => EngineAnswer;
};

/** The least bytes that a call begins with: one whose output is cut may have done its work already. */
export const leastBytes = ({ most }: SlidingWindow): number => Math.min(65_536, Math.ceil(most / 16));

/** Meters one call's output as it is read, so that however many calls run at once draw no more than is left together. */
export const metered = (bytes: SlidingWindow): Meter => {
  let isCut = false;
  return {
    draw: (count) => {
      const drawn = Math.min(count, bytes.left());
      bytes.take(drawn);
      isCut ||= drawn < count;
      return drawn;
    },
    ended: (answer) => {
      // At most 16 KiB of each stage; known only now.
      bytes.take(errorBytes(answer));
      return isCut && "warnings" in answer ? { ...answer, warnings: [...answer.warnings, cut(bytes)] } : answer;
    },
  };
};

const errorBytes = (answer: EngineAnswer): number => {
  switch (answer.kind) {
    case "refused":
    case "ask":
      return 0;
    case "ran":
      return errorsOf(answer.result);
    case "ran-several":
      return answer.ends.reduce((sum, { end }) => sum + (end.kind === "run" ? errorsOf(end) : 0), 0);
  }
};

const errorsOf = (result: RunResult): number =>
  result.kind === "run" ? result.stages.reduce((sum, { stderr }) => sum + Buffer.byteLength(stderr), 0) : 0;

const cut = (bytes: SlidingWindow): string =>
  `the output was cut and its command stopped: outputs may come to ${bytes.most} bytes in a minute (the operator's AWS_MCP_BYTES_PER_MINUTE), and more may be drawn ${inSeconds(bytes.wait(leastBytes(bytes)))}`;
