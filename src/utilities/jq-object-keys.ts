import type { JqToken } from "./jq-token.js";

/**
 * The names that are object keys: `{env: 1}`, `{env}` and the pattern `{env: $x}` read or write a field called `env` and call nothing.
 *
 * A comma separates keys only directly inside the braces. `if` may be a value there since jq 1.8, so the comma of `{a: if 1, env then 2 end}`
 * is an operator and what follows it is a call. The same would hold for `def`; no jq has it there yet, and no key is seen after it.
 * The facts are those of the grammar in jq's `src/parser.y`, tried on jq 1.6, 1.7, 1.7.1 and 1.8.2.
 */
export const jqObjectKeys = (tokens: readonly JqToken[]): ReadonlySet<JqToken> => {
  const significant = tokens.filter((token) => token.kind !== "comment");
  const keys = new Set<JqToken>();
  const enclosing: Enclosing[] = [];
  significant.forEach((token, index) => {
    if (isKey(enclosing.at(-1), significant[index - 1], token, significant[index + 1])) keys.add(token);
    else follow(enclosing, token);
  });
  return keys;
};

type Enclosing = "{" | "if" | "other";

const isKey = (
  enclosing: Enclosing | undefined,
  before: JqToken | undefined,
  token: JqToken,
  after: JqToken | undefined,
) =>
  token.kind === "name" &&
  !token.text.includes("::") &&
  enclosing === "{" &&
  (before?.text === "{" || before?.text === ",") &&
  (after?.text === ":" || after?.text === "," || after?.text === "}");

const follow = (enclosing: Enclosing[], { kind, text }: JqToken): void => {
  if (kind === "open") enclosing.push(text === "{" ? "{" : "other");
  if (kind === "close") leave(enclosing);
  if (kind === "name" && text === "if") enclosing.push("if");
  if (kind === "name" && text === "end" && enclosing.at(-1) === "if") enclosing.pop();
  if (kind === "name" && text === "def" && enclosing.at(-1) === "{") enclosing[enclosing.length - 1] = "other";
};

/** Brackets are balanced; an `if` without its `end` is left with the bracket around it. */
const leave = (enclosing: Enclosing[]): void => {
  while (enclosing.pop() === "if");
};
