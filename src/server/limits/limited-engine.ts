import type { Checked } from "../../check.js";
import type { CallOptions, Engine, EngineAnswer } from "../../engine.js";
import { bytesProblem, callsProblem, type LimitProblem } from "./exhausted.js";
import type { Limits } from "./limits.js";
import { leastBytes, metered } from "./metered.js";

/**
 * The same engine for one principal, whose calls, bytes of output and commands that change something are limited. What is
 * refused here has not been looked at, and counts for nothing.
 *
 * Codes: `calls-exhausted`, `bytes-exhausted`, and `writes-exhausted` of the engine itself.
 */
export const limitedEngine = (engine: Engine, { calls, bytes, writes }: Limits): Engine => {
  const counted = writes === undefined ? {} : { writes };
  const run = async (
    call: CallOptions,
    work: (limited: CallOptions) => Promise<EngineAnswer>,
  ): Promise<EngineAnswer> => {
    const problem = callsProblem(calls) ?? (bytes === undefined ? undefined : bytesProblem(bytes, leastBytes(bytes)));
    if (problem !== undefined)
      return { kind: "refused", checked: refused(problem, engine.policy), policy: engine.policy };
    calls.take(1);
    if (bytes === undefined) return work({ ...call, ...counted });
    const meter = metered(bytes);
    return meter.ended(await work({ ...call, ...counted, draw: meter.draw }));
  };
  return {
    ...engine,
    check: async (text, call) => {
      const problem = callsProblem(calls);
      if (problem !== undefined) return refused(problem, engine.policy);
      calls.take(1);
      return engine.check(text, { ...call, ...counted });
    },
    run: (text, call) => run(call, (limited) => engine.run(text, limited)),
    runArgv: (argv, call) => run(call, (limited) => engine.runArgv(argv, limited)),
  };
};

const refused = ({ code, message, hint }: LimitProblem, policy: string): Checked => ({
  verdict: "deny",
  code,
  message,
  hint,
  excerpt: "",
  canonical: [],
  runs: "",
  effects: [],
  policy,
});
