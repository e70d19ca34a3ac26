import { identityLines } from "../identity-lines.js";
import { numberList } from "./number-list.js";
import type { TaskResult } from "./task-result.js";

/** As whom tasks ran, once for all that ran as the same; the region only where it is not the one that a task is named by. */
export const sharedIdentities = (results: readonly TaskResult[]): readonly string[] => {
  const said = results.map((result) => ({ number: result.number, lines: [...new Set(linesOf(result))] }));
  const ran = said.filter(({ lines }) => lines.length > 0);
  return [...new Set(ran.flatMap(({ lines }) => lines))].map((line) => {
    const numbers = ran.filter(({ lines }) => lines.includes(line)).map(({ number }) => number);
    return `identity of ${numbers.length === ran.length ? "all" : numberList(numbers)}: ${line}`;
  });
};

const linesOf = ({ task, answer }: TaskResult): readonly string[] =>
  (answer.structured.identities ?? []).flatMap(({ profile, region, account, arn }) =>
    identityLines([{ profile, region, account, arn }]).map((line) => {
      const who = line.slice("identity: ".length);
      const where = `, region ${task.target.region}`;
      return who.endsWith(where) ? who.slice(0, -where.length) : who;
    }),
  );
