import { rmSync } from "node:fs";
import pLimit, { type LimitFunction } from "p-limit";
import { type CallerIdentities, callerIdentities } from "./caller-identities.js";
import { type Checked, checkedFailure, checkedProblem, checkedVerdict, planText } from "./check.js";
import { circumstancesOf, keysOf, withAccounts } from "./circumstances-of.js";
import type { Machine } from "./executor/machine.js";
import { stoppedBeforeStart } from "./executor/not-started.js";
import type { RunOptions } from "./executor/run-pipeline.js";
import type { RunFailure, RunResult } from "./executor/run-result.js";
import { type StageSnapshots, stageSnapshots } from "./executor/stage-snapshots.js";
import type { Plan } from "./plan/plan.js";
import { planArgv } from "./plan/plan-argv.js";
import { type Question, questionOf } from "./policy/approval/question.js";
import { type PersonAnswer, type SealProblem, type Seals, sealProblem } from "./policy/approval/seals.js";
import { type Answered, approveText } from "./policy/approve.js";
import { policyHash } from "./policy/policy-hash.js";
import { readOnly } from "./policy/read-only.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { Verdict } from "./policy/verdict.js";
import { readInputs } from "./read-inputs.js";
import { runSteps } from "./steps/run-steps.js";
import type { TextRun } from "./steps/text-run.js";

/** What the engine needs to know besides the command. */
export type EngineOptions = {
  readonly book: RuleBook;
  readonly machine: Machine;
  readonly seals: Seals;
  readonly maxOutput: number;
  readonly maxSpool: number;
  readonly concurrency: number;
  /** Time between TERM and KILL. */
  readonly graceMilliseconds: number;
};

/** What one call may choose. */
export type CallOptions = Pick<RunOptions, "milliseconds" | "signal" | "sink"> & {
  /** Judge as a server that only reads does. */
  readonly readOnly?: boolean;
  /** Who asks; approvals of one are none of another's. */
  readonly principal?: string;
  /** What a person said to an earlier question, with the state that went out with it. */
  readonly answer?: PersonAnswer & { readonly state: string };
  /** Hears how many runs of xargs have ended, and of how many. */
  readonly progress?: RunOptions["progress"];
};

/** What became of a command. Each says by which rules it was judged. */
export type EngineAnswer = { readonly policy: string } & (
  | { readonly kind: "refused"; readonly checked: Checked }
  /** a person has to be asked; the state comes back with the answer */
  | { readonly kind: "ask"; readonly question: Question; readonly state: string; readonly checked: Checked }
  /** it ran, or it could not */
  | { readonly kind: "ran"; readonly result: RunResult; readonly warnings: readonly string[] }
  /** the same for a text of several pipelines, those of its command substitutions counted */
  | RanSeveral
);

/** From text to result: the only way to run anything. */
export type Engine = {
  /** Hash of the rules that calls are judged by. */
  readonly policy: string;
  /** Judges, with what the files in the workspace hold now. */
  readonly check: (text: string, options: Pick<CallOptions, "signal" | "readOnly">) => Promise<Checked>;
  readonly run: (text: string, options: CallOptions) => Promise<EngineAnswer>;
  /** Runs one command that is an argument vector already; it is judged like any other. */
  readonly runArgv: (argv: readonly [string, ...string[]], options: CallOptions) => Promise<EngineAnswer>;
};

/** How many files are copied at once, of all calls; a disk does no more in the same time. */
const COPIES = 2;

/** How many output files are kept in the workspace; older ones are removed. */
const KEPT_SPOOLS = 16;

export const createEngine = (options: EngineOptions): Engine => {
  const { machine } = options;
  const limit = pLimit(options.concurrency);
  const copying = pLimit(COPIES);
  const callers = callerIdentities(options.book, machine);
  const spools = keptSpools();
  const readOnlyBook = readOnly(options.book);
  const bookOf = (call: Pick<CallOptions, "readOnly">) => (call.readOnly === true ? readOnlyBook : options.book);

  const withSnapshots = async <T>(work: (snapshots: StageSnapshots) => Promise<T>): Promise<T> => {
    const snapshots = stageSnapshots(machine.workspace, machine.directories.runs, copying);
    try {
      return await work(snapshots);
    } finally {
      await snapshots.remove();
    }
  };
  const judged = async (plan: Plan, asked: RuleBook, snapshots: StageSnapshots, signal: AbortSignal) => {
    const { book, keys } = await withAccounts(plan, asked, callers, signal);
    return { book, keys, read: await readInputs(plan, book, snapshots, signal) };
  };
  const runPlan = (plan: Plan, call: CallOptions): Promise<EngineAnswer> =>
    withSnapshots(async (snapshots) => {
      const started = machine.now();
      const signal = AbortSignal.any([call.signal, AbortSignal.timeout(call.milliseconds)]);
      const { book, keys, read } = await judged(plan, bookOf(call), snapshots, signal);
      const policy = policyHash(book);
      if (signal.aborted) return { kind: "ran", result: stoppedAs(call), warnings: [], policy };
      if (!read.ok) return { kind: "ran", result: read.error, warnings: [], policy };
      const answered = await answeredOf(read.value, call, book, callers, options.seals);
      if ("state" in answered) {
        return { kind: "ask", ...answered, checked: checkedVerdict(plan.text, read.value, book), policy };
      }
      if ("code" in answered)
        return { kind: "refused", checked: refusedAnswer(plan, read.value, book, answered), policy };
      const approved = approveText(plan, book, snapshots.files, answered.answered);
      if (!approved.ok) return { kind: "refused", checked: checkedVerdict(plan.text, approved.error, book), policy };
      const run = await inTurn(limit, signal, () =>
        runSteps({
          ...{ plan, book, snapshots, machine, call, withSnapshots },
          deadline: started + call.milliseconds,
          verdict: read.value,
          approved: approved.value,
          keys: answered.keys ?? keys,
          limits: options,
          // Whoever would answer an `ask` has not seen what other commands have completed.
          judgePlan: (again, fresh) => judged(again, { ...bookOf(call), approval: "elicit" }, fresh, signal),
        }),
      );
      if (run === undefined) return { kind: "ran", result: stoppedAs(call), warnings: [], policy };
      for (const { end } of run.ends) if (end.kind === "run") spools(end);
      return { ...answerOfRun(run), policy };
    });
  return {
    policy: policyHash(options.book),
    check: async (text, call) => {
      const book = bookOf(call);
      const planned = planText(text, book);
      if (!planned.ok) return checkedProblem(text, planned.error, book);
      return withSnapshots(async (snapshots) => {
        const { read, book: full } = await judged(planned.value, book, snapshots, call.signal);
        return read.ok ? checkedVerdict(text, read.value, full) : checkedFailure(read.error, full);
      });
    },
    runArgv: (argv, call) => runPlan(planArgv(argv), call),
    run: async (text, call) => {
      const book = bookOf(call);
      const planned = planText(text, book);
      if (planned.ok) return runPlan(planned.value, call);
      return { kind: "refused", checked: checkedProblem(text, planned.error, book), policy: policyHash(book) };
    },
  };
};

const stoppedAs = ({ signal }: CallOptions): RunFailure =>
  stoppedBeforeStart[signal.aborted ? "cancelled" : "deadline"];

/** What the work gives when its turn has come; nothing where nobody waits for it any longer before that. */
const inTurn = async <T>(limit: LimitFunction, signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> => {
  let isRunning = false;
  const turn = limit(async () => {
    if (signal.aborted) return undefined;
    isRunning = true;
    return work();
  });
  const left = new Promise<undefined>((resolve) => {
    const leave = (): void => {
      if (!isRunning) resolve(undefined);
    };
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    void turn.finally(() => signal.removeEventListener("abort", leave)).catch(() => undefined);
  });
  return Promise.race([turn, left]);
};

// One pipeline is its own result.
const answerOfRun = (run: TextRun): { kind: "ran"; result: RunResult; warnings: readonly string[] } | RanSeveral => {
  const [only, ...more] = run.ends;
  if (only === undefined) throw new Error("a text without pipelines was run");
  if (more.length === 0 && (only.end.kind === "run" || only.end.kind === "failure"))
    return { kind: "ran", result: only.end, warnings: run.warnings };
  return { kind: "ran-several", ...run };
};

type RanSeveral = { readonly kind: "ran-several" } & TextRun;

/** A person's yes, where one was needed, and the keys that it was said about. */
type LetThrough = {
  readonly answered: Answered | undefined;
  readonly keys: ReadonlyMap<string, string> | undefined;
};

type Asked = { readonly question: Question; readonly state: string };

/** Characters of a question; nobody reads more with care. */
const MOST_ASKED = 16_384;

// Nothing to answer, a yes, what is wrong with an answer, or the question.
const answeredOf = async (
  verdict: Verdict,
  { principal = "local", answer, signal }: CallOptions,
  book: RuleBook,
  callers: CallerIdentities,
  seals: Seals,
): Promise<LetThrough | SealProblem | Asked> => {
  if (verdict.decision !== "ask") return { answered: undefined, keys: undefined };
  const circumstances = await circumstancesOf(verdict, principal, callers, signal);
  const question = questionOf(verdict, circumstances, policyHash(book));
  if (question.message.length > MOST_ASKED) return sealProblem("approval-too-long");
  if (answer === undefined) return { question, state: seals.seal(question.digest) };
  const opened = seals.open(answer.state, question.digest, answer);
  if (!opened.ok) return opened.error;
  return { answered: { consent: opened.value, circumstances }, keys: keysOf(verdict, circumstances) };
};

const refusedAnswer = (plan: Plan, verdict: Verdict, book: RuleBook, problem: SealProblem): Checked => ({
  ...checkedVerdict(plan.text, verdict, book),
  verdict: "deny",
  code: problem.code,
  message: problem.message,
  hint: problem.hint,
  excerpt: "",
});

const keptSpools = (): ((result: RunResult) => void) => {
  const spools: string[] = [];
  return (result) => {
    if (result.kind !== "run" || result.output.spool === undefined) return;
    spools.push(result.output.spool);
    for (const old of spools.splice(0, Math.max(0, spools.length - KEPT_SPOOLS))) rmSync(old, { force: true });
  };
};
