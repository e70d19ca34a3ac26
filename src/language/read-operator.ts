import { skipJoins } from "./join.js";

/** The operators of POSIX and bash; the longest that fits is the one that is meant. */
const OPERATORS = [
  ...["&&", "&>>", "&>", "&", "||", "|&", "|", ";;", ";&", ";", "(", ")"],
  ...["<<<", "<<-", "<<", "<(", "<&", "<>", "<", ">>", ">(", ">&", ">|", ">"],
] as const;

export type Operator = (typeof OPERATORS)[number];

/** An operator and where it ends. */
export type ReadOperator = { readonly operator: Operator; readonly end: number };

/** The operator that begins here; a continuation between its characters does not part them. */
export const readOperator = (text: string, at: number): ReadOperator | undefined => {
  if (!"&|;()<>".includes(text.charAt(at) || " ")) return undefined;
  for (const operator of OPERATORS) {
    const end = endOf(operator, text, at);
    if (end !== undefined) return { operator, end };
  }
  return undefined;
};

const endOf = (operator: Operator, text: string, start: number): number | undefined => {
  let end = start;
  for (let at = 0; at < operator.length; at++) {
    const place = at === 0 ? start : skipJoins(text, end);
    if (text.charCodeAt(place) !== operator.charCodeAt(at)) return undefined;
    end = place + 1;
  }
  return end;
};
