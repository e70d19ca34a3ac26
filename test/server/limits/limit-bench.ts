import type { CallOptions, Engine, EngineAnswer } from "../../../src/engine.js";
import { limitedEngine } from "../../../src/server/limits/limited-engine.js";
import { createLimits, type Limits } from "../../../src/server/limits/limits.js";

export type Bounds = { readonly calls?: number; readonly bytes?: number; readonly writes?: number };

export const limitsOf = ({ calls = 1000, bytes, writes }: Bounds, now: () => number = () => 0): Limits =>
  createLimits({ AWS_MCP_CALLS_PER_MINUTE: calls, AWS_MCP_BYTES_PER_MINUTE: bytes, AWS_MCP_MAX_WRITES: writes }, now);

export const limited = (engine: Engine, bounds: Bounds, now?: () => number): Engine =>
  limitedEngine(engine, limitsOf(bounds, now));

export const call = (more: Partial<CallOptions> = {}): CallOptions => ({
  milliseconds: 20_000,
  signal: new AbortController().signal,
  sink: undefined,
  ...more,
});

/** The code of a refusal, or what became of the call. */
export const codeOf = (answer: EngineAnswer): string => {
  if (answer.kind === "refused") return answer.checked.code;
  return answer.kind === "ran" && answer.result.kind === "failure" ? answer.result.code : answer.kind;
};

/** What the call's pipelines have given. */
export const textOf = (answer: EngineAnswer): string => {
  if (answer.kind === "ran" && answer.result.kind === "run") return answer.result.output.text;
  if (answer.kind !== "ran-several") throw new Error(JSON.stringify(answer));
  return answer.ends.map(({ end, isInner }) => (end.kind === "run" && !isInner ? end.output.text : "")).join("");
};
