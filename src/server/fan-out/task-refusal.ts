import type { Checked } from "../../check.js";
import type { EngineAnswer } from "../../engine.js";
import type { RuleBook } from "../../policy/rule-book.js";
import { regionRefused } from "./region-refused.js";
import type { Task } from "./tasks.js";
import { writtenOut } from "./written-out.js";

/** What became of a task. Nobody is asked about one: such a question is a refusal. */
export type TaskAnswer = Exclude<EngineAnswer, { kind: "ask" }>;

/** A task among others. */
export type AmongTasks = {
  readonly task: Task;
  /** How many places its command runs at. */
  readonly places: number;
  readonly readOnly: boolean;
  readonly book: Pick<RuleBook, "profiles" | "regions" | "catalogue" | "limits" | "policy">;
};

/**
 * The engine's answer to a task, with a question as a refusal, with the reason where a file would be written from
 * several places at once, and with what to do about a region that the call itself has named.
 *
 * Codes: `ask-in-fan-out`, `fan-out-writes-file`.
 */
export const taskRefusal = (answer: EngineAnswer, { task, places, readOnly, book }: AmongTasks): TaskAnswer => {
  const { policy } = answer;
  if (answer.kind === "ask") return { kind: "refused", policy, checked: asked(answer.checked, task, book) };
  if (answer.kind !== "refused") return answer;
  if (answer.checked.code === "region-refused")
    return { ...answer, checked: regionRefused(answer.checked, task.target, book) };
  if (places === 1 || readOnly) return answer;
  return answer.checked.code === "aws-outfile-refused"
    ? { ...answer, checked: { ...answer.checked, ...writesFile(places) } }
    : answer;
};

/** Characters of a command in a hint; whoever has sent a longer one can write it out. */
const MOST_HINT = 4000;

const asked = (checked: Checked, { command, target }: Task, book: AmongTasks["book"]): Checked => {
  const written = writtenOut(command, target, book);
  // On one line, as hints are, a control character would not be what it is.
  const isShort = written !== undefined && written.length <= MOST_HINT && !/\p{Cc}/u.test(written);
  return {
    ...checked,
    verdict: "deny",
    code: "ask-in-fan-out",
    message: `${checked.message}, and a person is asked about one command at a time`,
    hint: isShort
      ? `send it in a call of its own: \`${written}\``
      : "send it in a call of its own, without `regions` and `profiles`",
  };
};

const writesFile = (places: number): Pick<Checked, "verdict" | "code" | "message" | "hint"> => ({
  verdict: "deny",
  code: "fan-out-writes-file",
  message: `it would write the same workspace file from ${places} places at once`,
  hint: "write `-` in place of the file, or leave `tee` out: the answer holds each one's output; or send a call for each place",
});
