import pLimit, { type LimitFunction } from "p-limit";
import { answeredOf, refusedAnswer } from "./answered-of.js";
import { callBooks } from "./call-books.js";
import { callerIdentities } from "./caller-identities.js";
import { type Checked, checkedFailure, checkedProblem, checkedVerdict, planText, type Target } from "./check.js";
import { withAccounts } from "./circumstances-of.js";
import { inTurn } from "./executor/in-turn.js";
import type { Machine } from "./executor/machine.js";
import { stoppedBeforeStart } from "./executor/not-started.js";
import type { RunOptions } from "./executor/run-pipeline.js";
import type { RunFailure, RunResult } from "./executor/run-result.js";
import { type StageSnapshots, stageSnapshots } from "./executor/stage-snapshots.js";
import { identifying, type RunIdentity } from "./identities-of.js";
import { type KeptResult, keptResult } from "./kept-result.js";
import { type KeptResults, keptResultsAt } from "./kept-results.js";
import type { Problem } from "./language/problem.js";
import type { Result } from "./language/result.js";
import type { Plan } from "./plan/plan.js";
import { planArgv } from "./plan/plan-argv.js";
import type { StageIdentity } from "./policy/approval/circumstances.js";
import type { Question } from "./policy/approval/question.js";
import type { PersonAnswer, Seals } from "./policy/approval/seals.js";
import { approveText } from "./policy/approve.js";
import { policyHash } from "./policy/policy-hash.js";
import type { RuleBook } from "./policy/rule-book.js";
import { readInputs } from "./read-inputs.js";
import { runSteps } from "./steps/run-steps.js";
import type { TextRun } from "./steps/text-run.js";
import { refusedWrites, withWrites } from "./steps/text-writes.js";
import type { WritesLeft } from "./steps/writes-left.js";
import { withTarget } from "./with-target.js";

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
export type CallOptions = Pick<RunOptions, "milliseconds" | "signal" | "sink" | "draw" | "started"> & {
  /** Judge as a server that only reads does. */
  readonly readOnly?: boolean;
  /** Who asks; approvals of one are none of another's. */
  readonly principal?: string;
  /** The id of the request that the call is part of, for whoever writes down what was asked. */
  readonly request?: string;
  /** Whether a person can be asked; where it is left out nobody can, and whoever writes down calls a question a refusal. */
  readonly canAsk?: boolean;
  /** What a person said to an earlier question, with the state that went out with it. */
  readonly answer?: PersonAnswer & { readonly state: string };
  /** Hears how many runs of xargs have ended, and of how many. */
  readonly progress?: RunOptions["progress"];
  /** The profile and the region of the aws commands, which then name none themselves. */
  readonly target?: Target;
  /** Say as whom the aws commands ran, which AWS is asked for while they run. */
  readonly identify?: boolean;
  /** Characters of output, and bytes of what is kept, where that is less than the server's. */
  readonly maxOutput?: number;
  readonly maxSpool?: number;
  /** Whether commands may write files of the workspace; they may where it is left out. */
  readonly outfiles?: boolean;
  /** Whether the client has confirmed this command, where it confirms calls; it has where that is left out. */
  readonly confirmed?: boolean;
  /** What bounds how many run at once, where that is not the server's limiter of commands. */
  readonly turns?: LimitFunction;
  /** How many aws commands that change something may still start; left out: any number. */
  readonly writes?: WritesLeft;
};

/** What a check may choose. */
export type CheckOptions = Pick<CallOptions, "signal" | "readOnly" | "target" | "request" | "writes">;

/** What became of a command. Each says by which rules it was judged, and the digest of the question of ours that it answers. */
export type EngineAnswer = { readonly policy: string; readonly answered?: string } & (
  | { readonly kind: "refused"; readonly checked: Checked }
  /** a person has to be asked; the state comes back with the answer */
  | { readonly kind: "ask"; readonly question: Question; readonly state: string; readonly checked: Checked }
  /** it ran, or it could not */
  | ({ readonly kind: "ran"; readonly result: RunResult } & Ran)
  /** the same for a text of several pipelines, those of its command substitutions counted */
  | ({ readonly kind: "ran-several" } & TextRun & Ran)
);

/** What is known of every run. */
type Ran = {
  /** How the text was judged before it ran; nothing where it came to its end before that. */
  readonly checked?: Checked;
  readonly warnings: readonly string[];
  /** The codes of what was let through with a warning. */
  readonly warned?: readonly string[];
  readonly identities: readonly RunIdentity[];
  /** Output that was too long for an answer. */
  readonly kept: readonly KeptResult[];
};

/** From text to result: the only way to run anything. */
export type Engine = {
  /** Hash of the rules that calls are judged by. */
  readonly policy: string;
  /** Judges, with what the files in the workspace hold now. */
  readonly check: (text: string, options: CheckOptions) => Promise<Checked>;
  readonly run: (text: string, options: CallOptions) => Promise<EngineAnswer>;
  /** Runs one command that is an argument vector already; it is judged like any other. */
  readonly runArgv: (argv: readonly [string, ...string[]], options: CallOptions) => Promise<EngineAnswer>;
  /** As whom the aws commands run that name this profile, or none. */
  readonly identity: (profile: string | undefined, signal: AbortSignal) => Promise<StageIdentity>;
  /** Output that was too long for the answers of late. */
  readonly results: KeptResults;
};

/** How many files are copied at once, of all calls; a disk does no more in the same time. */
const COPIES = 2;

export const createEngine = (options: EngineOptions): Engine => {
  const { machine } = options;
  const limit = pLimit(options.concurrency);
  const copying = pLimit(COPIES);
  const callers = callerIdentities(options.book, machine);
  const results = keptResultsAt(machine);
  const bookOf = callBooks(options.book);

  const withSnapshots = async <T>(work: (snapshots: StageSnapshots) => Promise<T>): Promise<T> => {
    const snapshots = stageSnapshots(machine.workspace, machine.directories.runs, copying);
    try {
      return await work(snapshots);
    } finally {
      await snapshots.remove();
    }
  };
  const judged = async (
    plan: Plan,
    asked: RuleBook,
    snapshots: StageSnapshots,
    signal: AbortSignal,
    since?: number,
  ) => {
    const { book, keys } = await withAccounts(plan, asked, callers, signal, since);
    return { book, keys, read: await readInputs(plan, book, snapshots, signal) };
  };
  const runPlan = (plan: Plan, call: CallOptions): Promise<EngineAnswer> =>
    withSnapshots(async (snapshots) => {
      const started = machine.now();
      const signal = AbortSignal.any([call.signal, AbortSignal.timeout(call.milliseconds)]);
      const { book, keys, read } = await judged(plan, bookOf(call), snapshots, signal, started);
      const policy = policyHash(book);
      const failed = (result: RunFailure) => ({ kind: "ran" as const, result, warnings: [], ...NOTHING, policy });
      if (signal.aborted) return failed(stoppedAs(call));
      if (!read.ok) return failed(read.error);
      const judgedText = { text: plan.text, verdict: read.value, book };
      const refused = refusedWrites(call.writes, judgedText);
      if (refused !== undefined) return { kind: "refused", checked: refused, policy };
      const answered = await answeredOf(read.value, call, book, callers, options.seals, started);
      if ("state" in answered) {
        return { kind: "ask", ...answered, checked: checkedVerdict(plan.text, read.value, book), policy };
      }
      if ("code" in answered)
        return { kind: "refused", checked: refusedAnswer(plan, read.value, book, answered), policy };
      const approved = approveText(plan, book, snapshots.files, answered.answered);
      if (!approved.ok) return { kind: "refused", checked: checkedVerdict(plan.text, approved.error, book), policy };
      const identities = identifying(plan, book, callers, call, signal);
      const most = Math.min(options.maxOutput, call.maxOutput ?? options.maxOutput);
      const steps = {
        ...{ plan, book, snapshots, machine, call, withSnapshots },
        deadline: started + call.milliseconds,
        verdict: read.value,
        approved: approved.value,
        keys: answered.keys ?? keys,
        limits: {
          ...options,
          maxOutput: most,
          maxSpool: Math.min(options.maxSpool, call.maxSpool ?? options.maxSpool),
        },
        // Whoever would answer an `ask` has not seen what other commands have completed.
        judgePlan: (again: Plan, fresh: StageSnapshots) =>
          judged(again, { ...bookOf(call), approval: "elicit" }, fresh, signal, started),
      };
      const run = await inTurn(call.turns ?? limit, signal, () =>
        withWrites(call.writes, judgedText, (writes) => runSteps({ ...steps, writes })),
      );
      if (run === undefined) return failed(stoppedAs(call));
      if ("verdict" in run) return { kind: "refused", checked: run, policy };
      const kept = keptOf(run, { owner: call.principal ?? "local", at: machine.now(), most });
      await results.keep(kept);
      const checked = checkedVerdict(plan.text, read.value, book);
      return { ...answerOfRun(run), checked, kept, identities: await identities(run.ends), policy };
    });
  const planned = (text: string, book: RuleBook, target: Target | undefined): Result<Plan, Problem> => {
    const plan = planText(text, book, target);
    return plan.ok && target !== undefined ? withTarget(plan.value, target, book.catalogue) : plan;
  };
  const toQuestion = (answer: EngineAnswer, { answer: said }: CallOptions): EngineAnswer => {
    const answered = said === undefined ? undefined : options.seals.digestOf(said.state);
    return answered === undefined ? answer : { ...answer, answered };
  };
  return {
    policy: policyHash(options.book),
    check: async (text, call) => {
      const book = bookOf(call);
      const plan = planned(text, book, call.target);
      if (!plan.ok) return checkedProblem(text, plan.error, book);
      return withSnapshots(async (snapshots) => {
        const { read, book: full } = await judged(plan.value, book, snapshots, call.signal);
        if (!read.ok) return checkedFailure(read.error, full);
        const refused = refusedWrites(call.writes, { text, verdict: read.value, book: full });
        return refused ?? checkedVerdict(text, read.value, full);
      });
    },
    runArgv: async (argv, call) => toQuestion(await runPlan(planArgv(argv), call), call),
    run: async (text, call) => {
      const book = bookOf(call);
      const plan = planned(text, book, call.target);
      if (plan.ok) return toQuestion(await runPlan(plan.value, call), call);
      const checked = checkedProblem(text, plan.error, book);
      return toQuestion({ kind: "refused", checked, policy: policyHash(book) }, call);
    },
    identity: (profile, signal) => callers.of(profile, signal),
    results,
  };
};

const stoppedAs = ({ signal }: CallOptions): RunFailure =>
  stoppedBeforeStart[signal.aborted ? "cancelled" : "deadline"];

// One pipeline is its own result.
const answerOfRun = (run: TextRun) => {
  const [only, ...more] = run.ends;
  if (only === undefined) throw new Error("a text without pipelines was run");
  if (more.length === 0 && (only.end.kind === "run" || only.end.kind === "failure"))
    return { kind: "ran" as const, result: only.end, warnings: run.warnings, warned: run.warned ?? [] };
  return { kind: "ran-several" as const, ...run };
};

/** What has not run has run as nobody and kept nothing. */
const NOTHING = { identities: [], kept: [] };

const keptOf = ({ ends }: TextRun, about: Pick<KeptResult, "owner" | "at" | "most">): readonly KeptResult[] =>
  ends.flatMap(({ command, end }) => {
    const kept = end.kind === "run" ? keptResult(end.output, { ...about, command }) : undefined;
    return kept === undefined ? [] : [kept];
  });
