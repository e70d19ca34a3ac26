import type { JqProblem } from "./jq-problem.js";
import type { JqRead, JqTokenReader } from "./jq-token-reader.js";

/** The same again and again, with one of the texts between. */
export const readChain = (
  reader: JqTokenReader,
  readOne: JqRead,
  operators: ReadonlySet<string>,
): JqProblem | undefined => {
  for (;;) {
    const problem = readOne(reader);
    if (problem || !reader.takeOneOf(operators)) return problem;
  }
};
