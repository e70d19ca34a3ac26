import { err, ok, type Result } from "../../language/result.js";
import { inBackticks } from "../../language/visible.js";
import type { ValueProblem } from "../value-problem.js";

/** The longest text that items take the place of, in UTF-16 code units; nobody writes more. */
const LONGEST = 64;

/**
 * Reads the value of `-I`, the text that items take the place of. One that begins with `-` is refused, although GNU takes
 * it: it is an option that was written where the text was forgotten.
 *
 * Problems: `bad-value`.
 */
export const readReplace = (text: string): Result<string, ValueProblem> => {
  if (text === "") return wrong("an empty text cannot be found in the command's words");
  if (text.startsWith("-")) return wrong(`${inBackticks(text)} for \`-I\` looks like an option`);
  if (text.length > LONGEST) return wrong(`${inBackticks(text)} for \`-I\` is longer than ${LONGEST} characters`);
  return ok(text);
};

const wrong = (message: string) =>
  err<ValueProblem>({
    code: "bad-value",
    message,
    hint: "write a text that stands for an item: `xargs -I {} aws s3api get-bucket-location --bucket {}`",
  });
