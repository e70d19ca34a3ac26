import type { Problem } from "./problem.js";
import { type Operator, readOperator } from "./read-operator.js";
import { refuseRedirection } from "./redirection.js";
import { span } from "./span.js";

/** What is wrong with the operator at this place; `undefined` for a plain pipe and where there is none. */
export const refuseOperator = (text: string, at: number): Problem | undefined => {
  const read = readOperator(text, at);
  if (read === undefined || read.operator === "|") return undefined;
  if (redirects(read.operator)) return refuseRedirection(text, at, at);
  const refusal = REFUSALS[read.operator];
  return { ...refusal, span: span(at, read.end) };
};

type Redirection = Extract<Operator, `<${string}` | `>${string}` | `&>${string}`>;

const redirects = (operator: Operator): operator is Redirection => operator.includes("<") || operator.includes(">");

type Refusal = Omit<Problem, "span">;

const parenthesis = (operator: string): Refusal => ({
  code: "parenthesis",
  message: `an unquoted \`${operator}\` would group commands`,
  hint: "quote the expression: `aws s3api list-buckets --query 'sort_by(Buckets, &Name)[].Name'`",
});

const caseTerminator = (operator: string): Refusal => ({
  code: "double-semicolon",
  message: `\`${operator}\` belongs to a shell's case construct`,
  hint: "send one pipeline per call; quote a literal one: `echo 'a;;b'`",
});

const REFUSALS: Readonly<Record<Exclude<Operator, Redirection | "|">, Refusal>> = {
  "&&": {
    code: "and-list",
    message: "`&&` would start a second command",
    hint: "send one pipeline per call and the next one once this has succeeded; quote a literal one: `echo 'a && b'`",
  },
  "||": {
    code: "or-list",
    message: "`||` would start a second command",
    hint: "send one pipeline per call, the answer has every exit code; quote a literal one: `echo 'a || b'`",
  },
  ";": {
    code: "semicolon",
    message: "`;` would start a second command",
    hint: "send one pipeline per call; quote a literal one: `jq -r '.a; .b'`",
  },
  ";;": caseTerminator(";;"),
  ";&": caseTerminator(";&"),
  "&": {
    code: "background",
    message: "`&` would run the command in the background",
    hint: "leave it out, every call waits for its pipeline; quote a literal one: `aws s3api list-buckets --query 'sort_by(Buckets, &Name)'`",
  },
  "|&": {
    code: "pipe-stderr",
    message: "`|&` would send standard error down the pipe as well",
    hint: "use a plain pipe, standard error is reported next to the output by itself: `aws s3 ls | sort`",
  },
  "(": parenthesis("("),
  ")": parenthesis(")"),
};
