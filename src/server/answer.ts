import type { Checked } from "../check.js";
import type { EngineAnswer } from "../engine.js";
import type { RunFailure } from "../executor/run-result.js";
import { completedAnswer, oneLine } from "./completed-answer.js";
import type { PipelineOutput } from "./output-schema.js";
import { severalAnswer } from "./several-answer.js";

/** A tool's answer: text for the model, the same as data for programs. */
export type Answer = {
  readonly isError: boolean;
  readonly text: string;
  readonly structured: PipelineOutput;
};

/**
 * The answer to a pipeline call.
 *
 * @param notes what was left out of the text before it was read
 */
export const answerOf = (answer: EngineAnswer, notes: readonly string[] = []): Answer => {
  const given = answerTo(answer);
  if (notes.length === 0) return given;
  const lines = [...notes.map((note) => `note: ${note}`), given.text];
  return { ...given, text: lines.join("\n"), structured: { ...given.structured, notes: [...notes] } };
};

const answerTo = (answer: EngineAnswer): Answer => {
  switch (answer.kind) {
    case "refused":
      return refusal(answer.checked);
    case "ask":
      return refusal({ ...answer.checked, hint: NOBODY_ASKED });
    case "ran":
      return answer.result.kind === "failure"
        ? failure(answer.result, answer.policy)
        : completedAnswer(answer.result, answer.warnings, answer.policy);
    case "ran-several":
      return severalAnswer(answer, answer.policy);
  }
};

const NOBODY_ASKED =
  "a person must approve it, and this client cannot ask one (MCP elicitation): have a person run it, or the operator sets AWS_MCP_APPROVAL=client where the client confirms every call";

const refusal = (checked: Checked): Answer => {
  const { code, message, hint, excerpt, policy } = checked;
  const kind = checked.verdict === "problem" ? "problem" : "refusal";
  return errorAnswer({ kind, code, message, hint }, excerpt, policy);
};

const failure = ({ code, message, hint }: RunFailure, policy: string): Answer =>
  errorAnswer({ kind: "failure", code, message, hint }, "", policy);

const errorAnswer = (error: NonNullable<PipelineOutput["error"]>, excerpt: string, policy: string): Answer => {
  const { kind, code, message, hint } = error;
  const lines = [
    `${kind} ${code}: ${oneLine(message)}`,
    excerpt,
    `hint: ${oneLine(hint)}`,
    `policy: ${policy.slice(0, 12)}`,
  ];
  return {
    isError: true,
    text: lines.filter((line) => line !== "").join("\n"),
    structured: { status: "error", output: "", stages: [], enforced: [], policy, error },
  };
};
