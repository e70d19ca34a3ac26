import type { ValueProblemCode } from "../../../src/catalogue/values/value-problem.js";
import { type Answer, askCli, askOurs, type Plain, type Question } from "./ask-cli.js";
import { plain, readFloats } from "./plain.js";

export type Difference = { readonly question: Question; readonly ours: unknown; readonly theirs: Answer };

export type Comparison = {
  readonly both: number;
  readonly neither: number;
  /** We accept, and the CLI refuses or reads something else. */
  readonly wrong: readonly Difference[];
  /** The CLI accepts and we refuse, by our reason. */
  readonly stricter: Readonly<Partial<Record<ValueProblemCode, readonly Strict[]>>>;
};

export type Strict = { readonly question: Question; readonly theirs: Plain };

/** Asks the CLI and us the same questions. */
export const compareWithCli = async (questions: readonly Question[]): Promise<Comparison> => {
  const answers = await askCli(questions);
  let [both, neither] = [0, 0];
  const wrong: Difference[] = [];
  const stricter: Partial<Record<ValueProblemCode, readonly Strict[]>> = {};
  for (const [index, question] of questions.entries()) {
    const theirs = answers[index] ?? { refused: "no answer" };
    const ours = askOurs(question);
    if (ours.ok && !equal(plain(ours.value), theirs)) wrong.push({ question, ours: plain(ours.value), theirs });
    else if (ours.ok) both += 1;
    else if ("refused" in theirs) neither += 1;
    else stricter[ours.error.code] = [...(stricter[ours.error.code] ?? []), { question, theirs: theirs.value }];
  }
  return { both, neither, wrong, stricter };
};

const equal = (ours: Plain, theirs: Answer): boolean =>
  "value" in theirs && JSON.stringify(ours) === JSON.stringify(readFloats(theirs.value));
