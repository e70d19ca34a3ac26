import { type Checked, checkedUnseen } from "../../check.js";
import type { CallOptions, CheckOptions, Engine, EngineAnswer } from "../../engine.js";
import type { ExhaustedCall } from "../audit/exhausted-calls.js";
import { bytesProblem, callsProblem, type LimitProblem } from "./exhausted.js";
import type { Limits } from "./limits.js";
import { leastBytes, metered } from "./metered.js";

/**
 * The same engine for one principal, whose calls, bytes of output and commands that change something are limited. What is
 * refused here has not been looked at, and counts for nothing.
 *
 * @param noteExhausted hears of what is refused here, without its words
 *
 * Codes: `calls-exhausted`, `bytes-exhausted`, and `writes-exhausted` of the engine itself.
 */
export const limitedEngine = (
  engine: Engine,
  { calls, bytes, writes }: Limits,
  noteExhausted: (call: ExhaustedCall) => Promise<void> = async () => undefined,
): Engine => {
  const counted = writes === undefined ? {} : { writes };
  const refuse = async (kind: ExhaustedCall["kind"], call: CheckOptions, problem: LimitProblem): Promise<Checked> => {
    const { request = "", readOnly = false } = call;
    await noteExhausted({ kind, request, code: problem.code, policy: engine.policy, readOnly });
    return checkedUnseen("deny", problem, engine.policy);
  };
  const run = async (
    kind: "run" | "argv",
    call: CallOptions,
    work: (limited: CallOptions) => Promise<EngineAnswer>,
  ): Promise<EngineAnswer> => {
    const problem = callsProblem(calls) ?? (bytes === undefined ? undefined : bytesProblem(bytes, leastBytes(bytes)));
    if (problem !== undefined)
      return { kind: "refused", checked: await refuse(kind, call, problem), policy: engine.policy };
    calls.take(1);
    if (bytes === undefined) return work({ ...call, ...counted });
    const meter = metered(bytes);
    return meter.ended(await work({ ...call, ...counted, draw: meter.draw }));
  };
  return {
    ...engine,
    check: async (text, call) => {
      const problem = callsProblem(calls);
      if (problem !== undefined) return refuse("check", call, problem);
      calls.take(1);
      return engine.check(text, { ...call, ...counted });
    },
    run: (text, call) => run("run", call, (limited) => engine.run(text, limited)),
    runArgv: (argv, call) => run("argv", call, (limited) => engine.runArgv(argv, limited)),
  };
};
