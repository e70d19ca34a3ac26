import type { AuditProblem } from "../../audit/audit-log.js";
import { checkedUnseen } from "../../check.js";
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
    ...{ kind, asked: [asked] as const, canonical: [], completed: [] },
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
    const settled = await settle(async () => {
      const answer = await work({ ...call, started: commands.hear });
      const canonical = answer.checked?.canonical ?? [];
      return { answer, outcome: outcomeOf(answer, call), canonical, completed: commands.besides(canonical) };
    });
    if (!settled.ok) {
      const thrown = thrownOutcome(call, policy);
      await write({ ...entry(kind, asked, call, thrown, started), canonical: commands.all() });
      throw settled.error;
    }
    const { answer, outcome, ...words } = settled.value;
    const written = await write({ ...entry(kind, asked, call, outcome, started), ...words });
    return written.ok ? answer : unwritten(answer, written.error);
  };

  // One by one, so that nothing new runs unwritten.
  return {
    ...{ policy, identity, results },
    run: (text, call) => run("run", text, call, (heard) => engine.run(text, heard)),
    runArgv: (argv, call) => run("argv", quoteArgv(argv), call, (heard) => engine.runArgv(argv, heard)),
    check: async (text, call) => {
      const isReady = ready();
      if (!isReady.ok) return checkedUnseen("deny", isReady.error, policy);
      const started = now();
      const settled = await settle(async () => {
        const checked = await engine.check(text, call);
        return { checked, outcome: checkedOutcome(checked) };
      });
      if (!settled.ok) {
        await write(entry("check", text, call, thrownOutcome(call, policy), started));
        throw settled.error;
      }
      const { checked, outcome } = settled.value;
      const { canonical } = checked;
      const written = await write({ ...entry("check", text, call, outcome, started), canonical });
      return written.ok ? checked : checkedUnseen("deny", written.error, checked.policy);
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

// What throws is thrown again, once it is written down. Whoever was told that a record can be written has to write one.
const settle = async <T>(work: () => Promise<T>): Promise<Settled<T>> => {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
};

const refused = (problem: AuditProblem, policy: string): EngineAnswer => ({
  kind: "refused",
  checked: checkedUnseen("deny", problem, policy),
  policy,
});

const unwritten = (answer: EngineAnswer, problem: AuditProblem): EngineAnswer => {
  const isRun = answer.kind === "ran-several" || (answer.kind === "ran" && answer.result.kind === "run");
  if (!isRun) return refused(problem, answer.policy);
  const warning = `this has run, and it is not written down: ${problem.message}`;
  return { ...answer, warnings: [...answer.warnings, warning] };
};
