import type { Checked } from "../../check.js";
import type { CallOptions, EngineAnswer } from "../../engine.js";
import type { StageResult } from "../../executor/run-result.js";
import type { RunIdentity } from "../../identities-of.js";
import { digestShown } from "../../policy/approval/question.js";
import type { PipelineEnd } from "../../steps/text-run.js";
import { answerOf } from "../answer.js";
import type { CallRecord, Identity } from "./call-record.js";

/** What a record says of how a call went. */
export type Outcome = Pick<
  CallRecord,
  | ("verdict" | "rule" | "effects" | "warned" | "policy" | "question" | "status" | "code")
  | ("identities" | "exits" | "runs" | "bytes" | "dropped")
>;

/** What became of a command, and how it was judged. */
export const outcomeOf = (answer: EngineAnswer, { canAsk = false }: Pick<CallOptions, "canAsk">): Outcome => {
  const about = { policy: answer.policy, ...(answer.answered === undefined ? {} : questionOf(answer.answered)) };
  switch (answer.kind) {
    case "refused":
      return { ...about, ...judgedAs(answer.checked), ...NOTHING_RAN, status: "refused", code: answer.checked.code };
    case "ask": {
      const asked = canAsk ? { status: "asked" as const, ...questionOf(answer.question.digest) } : UNASKED;
      return { ...about, ...judgedAs(answer.checked), ...NOTHING_RAN, ...asked, code: answer.checked.code };
    }
    case "ran":
      return { ...about, ...ranAs(answer), ...endedIn([{ end: answer.result, isInner: false }]) };
    case "ran-several":
      return { ...about, ...ranAs(answer), ...endedIn(answer.ends) };
  }
};

const UNASKED = { status: "refused" } as const;

const questionOf = (digest: string) => ({ question: digestShown(digest) });

/** What a check found. */
export const checkedOutcome = (checked: Checked): Outcome => ({
  ...judgedAs(checked),
  ...NOTHING_RAN,
  policy: checked.policy,
  status: "checked",
  code: checked.verdict === "allow" ? "" : checked.code,
});

/**
 * What threw, by itself or because nobody waits any longer.
 *
 * @param policy digest of the engine's rules
 */
export const thrownOutcome = ({ signal }: Pick<CallOptions, "signal">, policy: string): Outcome => ({
  ...NOT_JUDGED,
  ...NOTHING_RAN,
  policy,
  ...(signal.aborted ? { status: "cancelled", code: "cancelled" } : { status: "bug", code: "internal-error" }),
});

const NOT_JUDGED = { verdict: "none", rule: "", effects: [] } as const;
const NOTHING_RAN = { identities: [], exits: [], bytes: 0, dropped: 0 } as const;

const judgedAs = ({ verdict, code, effects }: Checked) => ({ verdict, rule: code, effects });

type Ran = Extract<EngineAnswer, { kind: "ran" | "ran-several" }>;

// One place decides what is a success: what the client was told is what is written down.
const ranAs = (answer: Ran) => ({
  ...(answer.checked === undefined ? NOT_JUDGED : judgedAs(answer.checked)),
  ...(answer.warned === undefined || answer.warned.length === 0 ? {} : { warned: answer.warned }),
  ...endedAs(answerOf(answer).structured.error?.code),
  identities: answer.identities.map(identity),
});

const endedAs = (code: string | undefined): Pick<Outcome, "status" | "code"> => {
  if (code === undefined) return { status: "ok", code: "" };
  if (code === "cancelled") return { status: "cancelled", code };
  return { status: code === "deadline" ? "timeout" : "failed", code };
};

const identity = ({ profile, region, account = "", arn = "" }: RunIdentity): Identity => ({
  profile,
  region,
  account,
  arn,
});

const endedIn = (ends: readonly Pick<PipelineEnd, "end" | "isInner">[]) => {
  const runs = ends.flatMap(({ end, isInner }) => (end.kind === "run" ? [{ ...end, isInner }] : []));
  const outputs = runs.flatMap(({ output, isInner }) => (isInner ? [] : [output]));
  const items = sum(runs.flatMap(({ stages }) => stages.map((stage) => stage.runs ?? 0)));
  return {
    exits: ends.map(({ end }) => exitsOf(end)),
    ...(items === 0 ? {} : { runs: items }),
    bytes: sum(outputs.map(({ bytes }) => bytes)),
    dropped: sum(outputs.map(({ dropped }) => dropped?.bytes ?? 0)),
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

const exitsOf = (end: PipelineEnd["end"]): string | readonly (number | string)[] => {
  switch (end.kind) {
    case "run":
      return end.stages.map(exitOf);
    case "failure":
      return end.code;
    case "refused":
      return end.checked.code;
    case "skipped":
    case "not-run":
      return end.kind;
  }
};

const exitOf = ({ exit }: StageResult): number | string => {
  switch (exit.kind) {
    case "exited":
      return exit.code;
    case "signalled":
      return exit.signal;
    case "not-started":
      return exit.kind;
  }
};
