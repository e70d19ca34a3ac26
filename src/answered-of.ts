import type { CallerIdentities } from "./caller-identities.js";
import { type Checked, checkedVerdict } from "./check.js";
import { circumstancesOf, keysOf } from "./circumstances-of.js";
import type { CallOptions } from "./engine.js";
import type { Plan } from "./plan/plan.js";
import { type Question, questionOf } from "./policy/approval/question.js";
import { type SealProblem, type Seals, sealProblem } from "./policy/approval/seals.js";
import type { Answered } from "./policy/approve.js";
import { policyHash } from "./policy/policy-hash.js";
import type { RuleBook } from "./policy/rule-book.js";
import type { Verdict } from "./policy/verdict.js";

/** A person's yes, where one was needed, and the keys that it was said about. */
type LetThrough = {
  readonly answered: Answered | undefined;
  readonly keys: ReadonlyMap<string, string> | undefined;
};

type Asked = { readonly question: Question; readonly state: string };

/** Characters of a question; nobody reads more with care. */
const MOST_ASKED = 16_384;

/**
 * Nothing to answer, a yes, what is wrong with an answer, or the question.
 *
 * @param since epoch milliseconds: what AWS has said before that about the caller does not count
 */
export const answeredOf = async (
  verdict: Verdict,
  { principal = "local", answer, signal }: CallOptions,
  book: RuleBook,
  callers: CallerIdentities,
  seals: Seals,
  since: number,
): Promise<LetThrough | SealProblem | Asked> => {
  if (verdict.decision !== "ask") return { answered: undefined, keys: undefined };
  const circumstances = await circumstancesOf(verdict, principal, callers, signal, since);
  const question = questionOf(verdict, circumstances, policyHash(book));
  if (question.message.length > MOST_ASKED) return sealProblem("approval-too-long");
  if (answer === undefined) return { question, state: seals.seal(question.digest) };
  const opened = await seals.open(answer.state, question.digest, answer);
  if (!opened.ok) return opened.error;
  return { answered: { consent: opened.value, circumstances }, keys: keysOf(verdict, circumstances) };
};

/** A verdict of `ask` whose answer does not count. */
export const refusedAnswer = (plan: Plan, verdict: Verdict, book: RuleBook, problem: SealProblem): Checked => ({
  ...checkedVerdict(plan.text, verdict, book),
  verdict: "deny",
  code: problem.code,
  message: problem.message,
  hint: problem.hint,
  excerpt: "",
});
