import type { AuditProblem } from "../../audit/audit-log.js";
import type { Checked } from "../../check.js";
import type { CallOptions, CheckOptions, Engine, EngineAnswer } from "../../engine.js";
import { quoteArgv } from "../../language/quote.js";
import { checkedOutcome, type Outcome, outcomeOf, thrownOutcome } from "./outcome.js";
import { type AuditParts, type Entry, recordWriter } from "./record-writer.js";
import { startedCommands } from "./started-commands.js";

/**
 * The same engine, each of whose calls leaves exactly one record: what was refused, asked or only judged too, and what threw.
 * Where none can be written nothing is judged and nothing runs; the code is then `audit-lost`.
 *
 * A record is written when its call has ended, and that may fail. What has run by then is not taken back by hiding it: the
 * answer stays and warns, so that whoever reads it does not run it again, and the calls after it are refused until records
 * can be written. What has run nothing is answered with `audit-lost`: a verdict that nobody can look up is not given out.
 *
 * The engine's own questions to AWS, such as whose keys it has, are no calls and leave no records.
 */
export const auditedEngine = (engine: Engine, parts: AuditParts): Engine => {
  const { now, principal } = parts;
  const { policy, identity, results } = engine;
  const { ready, write } = recordWriter(parts);

  const entry = (kind: Entry["kind"], asked: string, call: Asking, outcome: Outcome, started: number) => ({
    ...{ kind, asked: [asked] as const, policy, canonical: [], completed: [] },
    request: call.request ?? "",
    read_only: call.readOnly === true || principal.access === "read",
    ...(call.target?.profile === undefined ? {} : { profiles: [call.target.profile] }),
    ...(call.target?.region === undefined ? {} : { regions: [call.target.region] }),
    ...saidBy(call),
    ...outcome,
    // A clock may be set back.
    ms: Math.max(0, Math.round(now() - started)),
  });

  const run = async (
    kind: "run" | "argv",
    asked: string,
    call: CallOptions,
    work: (heard: CallOptions) => Promise<EngineAnswer>,
  ): Promise<EngineAnswer> => {
    const isReady = ready();
    if (!isReady.ok) return refused(isReady.error, policy);
    const started = now();
    const commands = startedCommands(call.started);
    const settled = await settle(() => work({ ...call, started: commands.hear }));
    if (!settled.ok) {
      await write({ ...entry(kind, asked, call, thrownOutcome(call), started), canonical: commands.all() });
      throw settled.error;
    }
    const answer = settled.value;
    const canonical = answer.checked?.canonical ?? [];
    const completed = commands.besides(canonical);
    const written = await write({ ...entry(kind, asked, call, outcomeOf(answer), started), canonical, completed });
    return written.ok ? answer : unwritten(answer, written.error);
  };

  // One by one, so that nothing new runs unwritten.
  return {
    ...{ policy, identity, results },
    run: (text, call) => run("run", text, call, (heard) => engine.run(text, heard)),
    runArgv: (argv, call) => run("argv", quoteArgv(argv), call, (heard) => engine.runArgv(argv, heard)),
    check: async (text, call) => {
      const isReady = ready();
      if (!isReady.ok) return lost(isReady.error, policy);
      const started = now();
      const settled = await settle(() => engine.check(text, call));
      if (!settled.ok) {
        await write(entry("check", text, call, thrownOutcome(call), started));
        throw settled.error;
      }
      const { canonical } = settled.value;
      const outcome = checkedOutcome(settled.value);
      const written = await write({ ...entry("check", text, call, outcome, started), canonical });
      return written.ok ? settled.value : lost(written.error, policy);
    },
  };
};

type Asking = CheckOptions & Pick<CallOptions, "answer">;

const saidBy = ({ answer }: Asking): Pick<Entry, "answer"> => {
  if (answer === undefined) return {};
  if (answer.action === "cancel") return { answer: "cancelled" };
  return { answer: answer.action === "accept" && answer.approve ? "approved" : "declined" };
};

type Settled<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

// What throws is thrown again, once it is written down.
const settle = async <T>(work: () => Promise<T>): Promise<Settled<T>> => {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
};

const lost = (problem: AuditProblem, policy: string): Checked => ({
  verdict: "deny",
  ...problem,
  excerpt: "",
  canonical: [],
  runs: "",
  effects: [],
  policy,
});

const refused = (problem: AuditProblem, policy: string): EngineAnswer => ({
  kind: "refused",
  checked: lost(problem, policy),
  policy,
});

const unwritten = (answer: EngineAnswer, problem: AuditProblem): EngineAnswer => {
  const isRun = answer.kind === "ran-several" || (answer.kind === "ran" && answer.result.kind === "run");
  if (!isRun) return refused(problem, answer.policy);
  const warning = `this has run, and it is not written down: ${problem.message}`;
  return { ...answer, warnings: [...answer.warnings, warning] };
};
