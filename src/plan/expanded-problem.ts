import { refuseCharacters } from "../language/characters.js";
import type { Problem } from "../language/problem.js";
import { inBackticks } from "../language/visible.js";
import type { Argument } from "./plan.js";
import { isUnknown } from "./unknown.js";

/**
 * What is wrong with the output of another command as a part of an argument, whatever argument it is.
 *
 * Problems: `expansion-empty`, `expansion-none`, `expansion-dash`, `expansion-characters`.
 */
export const expandedProblem = ({ text, span, expanded = [] }: Argument): Problem | undefined => {
  for (const { start, end } of expanded) {
    const data = text.slice(start, end);
    if (isUnknown(data)) continue;
    const problem = dataProblem(data, start === 0 || text[start - 1] === "=");
    if (problem !== undefined) return { ...problem, span };
  }
  return undefined;
};

const dataProblem = (data: string, isFirst: boolean): Omit<Problem, "span"> | undefined => {
  if (data.trim() === "") return empty;
  if (data.trim() === "None") return none;
  if (isFirst && data.startsWith("-")) return dash(data);
  const wrong = refuseCharacters(data);
  return wrong === undefined ? undefined : characters(wrong.message);
};

const empty = {
  code: "expansion-empty",
  message: "the data for an argument is empty, and nothing in its place could mean everything",
  hint: "look at the data in a call of its own first; `xargs -d '\\n'` and `grep .` leave empty lines out",
};

// `aws … --output text` writes it where there is no value.
const none = {
  code: "expansion-none",
  message: "the data for an argument is `None`, which the AWS CLI writes where there is no value",
  hint: "leave such values out: `--query 'Items[?Name].Name'`, or `grep -vx None` before `xargs`",
};

const dash = (data: string) => ({
  code: "expansion-dash",
  message: `the data ${inBackticks(data)} begins with \`-\`, and could be taken for an option`,
  hint: "run the inner command in a call of its own and write the value out, as in `--name=-value`",
});

const characters = (message: string) => ({
  code: "expansion-characters",
  message: message.replace("the text holds", "the data for an argument holds"),
  hint: "take it out of the data, as with `tr -d '\\r'`, or run the inner command in a call of its own",
});
