import type { Problem } from "./problem.js";
import type { Operator } from "./read-operator.js";
import type { Span } from "./span.js";

type Refused = Extract<Operator, "(" | ")" | "&" | ";;" | ";&">;

/** What is wrong with an operator that the language does not have. */
export const refuseOperator = (operator: Refused, where: Span): Problem => ({ ...REFUSALS[operator], span: where });

type Refusal = Omit<Problem, "span">;

const parenthesis = (operator: string): Refusal => ({
  code: "parenthesis",
  message: `an unquoted \`${operator}\` would group commands`,
  hint: "quote an expression: `aws s3api list-buckets --query 'sort_by(Buckets, &Name)[].Name'`; commands need no group: `date; aws s3 ls`",
});

const caseTerminator = (operator: string): Refusal => ({
  code: "double-semicolon",
  message: `\`${operator}\` belongs to a shell's case construct`,
  hint: "write one semicolon between commands: `date; aws s3 ls`; quote literal ones: `echo 'a;;b'`",
});

const REFUSALS: Readonly<Record<Refused, Refusal>> = {
  ";;": caseTerminator(";;"),
  ";&": caseTerminator(";&"),
  "&": {
    code: "background",
    message: "`&` would run the command in the background",
    hint: "write a semicolon, commands run one after the other: `date; aws s3 ls`; quote a literal one: `aws s3api list-buckets --query 'sort_by(Buckets, &Name)'`",
  },
  "(": parenthesis("("),
  ")": parenthesis(")"),
};
