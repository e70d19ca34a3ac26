import type { Checked } from "../check.js";
import type { EngineAnswer } from "../engine.js";
import type { RunFailure } from "../executor/run-result.js";
import { oneLine } from "../language/visible.js";
import { completedAnswer } from "./completed-answer.js";
import type { PipelineOutput } from "./output-schema.js";
import { severalAnswer } from "./several-answer.js";

/** A tool's answer: text for the model, the same as data for programs. */
export type Answer = {
  readonly isError: boolean;
  readonly text: string;
  readonly structured: PipelineOutput;
};

/** What an answer says besides what became of the command. */
export type Extras = {
  /** What was left out of the text before it was read. */
  readonly notes?: readonly string[];
  /** How many secrets are hidden in the answer. */
  readonly hidden?: number;
  /** Why nobody was asked who could have approved. */
  readonly unasked?: Unasked;
};

/** Why a person cannot be asked. */
export type Unasked =
  /** the client shows no forms */
  | "no-form"
  /** requests of the 2025 protocols that each stand for themselves: nobody knows what the client can show, or reaches it */
  | "no-session";

/** The answer to a pipeline call. */
export const answerOf = (
  answer: EngineAnswer,
  { notes = [], hidden = 0, unasked = "no-form" }: Extras = {},
): Answer => {
  const given = answerTo(answer, unasked);
  const lines = [
    ...notes.map((note) => `note: ${note}`),
    ...(hidden === 0
      ? []
      : [`redacted: ${hidden === 1 ? "1 secret is" : `${hidden} secrets are`} hidden in this answer`]),
    given.text,
  ];
  const structured = {
    ...given.structured,
    ...(notes.length === 0 ? {} : { notes: [...notes] }),
    ...(hidden === 0 ? {} : { redacted: hidden }),
  };
  return { ...given, text: lines.join("\n"), structured };
};

const answerTo = (answer: EngineAnswer, unasked: Unasked): Answer => {
  switch (answer.kind) {
    case "refused":
      return refusal(answer.checked);
    case "ask":
      return refusal({ ...answer.checked, hint: NOBODY_ASKED[unasked] });
    case "ran":
      return answer.result.kind === "failure"
        ? failure(answer.result, answer.policy)
        : completedAnswer(answer.result, answer);
    case "ran-several":
      return severalAnswer(answer);
  }
};

/** The answer to a call that was refused before its commands were looked at. */
export const problemAnswer = (
  { code, message, hint }: Pick<Checked, "code" | "message" | "hint">,
  policy: string,
): Answer => errorAnswer({ kind: "problem", code, message, hint }, "", policy);

const NOBODY_ASKED: Readonly<Record<Unasked, string>> = {
  "no-form":
    "a person must approve it, and this client cannot ask one (MCP elicitation): have a person run it, or the operator sets AWS_MCP_APPROVAL=client where the client confirms every call",
  "no-session":
    "a person must approve it, and without a session this client cannot ask one: have a person run it, use a client of protocol 2026-07-28, or the operator sets AWS_MCP_HTTP_SESSIONS=on",
};

const refusal = (checked: Checked): Answer => {
  const { code, message, hint, excerpt, policy } = checked;
  const kind = checked.verdict === "problem" ? "problem" : "refusal";
  return errorAnswer({ kind, code, message, hint }, excerpt, policy);
};

const failure = ({ code, message, hint }: RunFailure, policy: string): Answer =>
  errorAnswer({ kind: "failure", code, message, hint }, "", policy);

const errorAnswer = (given: NonNullable<PipelineOutput["error"]>, excerpt: string, policy: string): Answer => {
  const error = { ...given, message: oneLine(given.message), hint: oneLine(given.hint) };
  const lines = [
    `${error.kind} ${error.code}: ${error.message}`,
    excerpt,
    `hint: ${error.hint}`,
    `policy: ${policy.slice(0, 12)}`,
  ];
  return {
    isError: true,
    text: lines.filter((line) => line !== "").join("\n"),
    structured: { status: "error", output: "", stages: [], enforced: [], policy, error },
  };
};
