import { skipJoins } from "./join.js";
import type { Problem } from "./problem.js";
import { type Span, span } from "./span.js";
import { type Expansion, VARIABLES, type VariableName } from "./syntax.js";
import { inBackticks } from "./visible.js";

const NAMED = /\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/y;

// variable = "${" , name , "}" | "$" , name ;
/** The variable that begins here, if it is one of those that there are. */
export const readVariable = (text: string, at: number): Expansion | undefined => {
  NAMED.lastIndex = at;
  const [written = "", bare, braced] = NAMED.exec(text) ?? [];
  const name = VARIABLES.find((each) => each === (bare ?? braced));
  if (name === undefined) return undefined;
  const end = at + written.length;
  return bare !== undefined && goesOn(text, end) ? undefined : { kind: "variable", name, span: span(at, end) };
};

/** A continuation does not end a name. */
const goesOn = (text: string, end: number): boolean => /[A-Za-z0-9_]/.test(text.charAt(skipJoins(text, end)));

const PARAMETER = /\$(?:[A-Za-z_][A-Za-z0-9_]*|\{[A-Za-z0-9_]*\}?|[0-9@*#?$!-])/y;

/** What is wrong with a variable that there is not; `undefined` where the dollar sign begins none. */
export const refuseVariable = (text: string, at: number): Problem | undefined => {
  PARAMETER.lastIndex = at;
  const written = PARAMETER.exec(text)?.[0];
  if (written === undefined) return undefined;
  const where = span(at, at + written.length);
  const name = written.replace(/[${}]/g, "") || written.slice(1);
  const known = VARIABLES.find((each) => each === name);
  return known === undefined ? unknown(written, name, where) : operated(known, where);
};

/** `${AWS_REGION:-x}`, and a name that goes on after a continuation. */
const operated = (name: VariableName, where: Span): Problem => ({
  code: "variable",
  message: `${inBackticks(name)} can only stand for itself, without operators and in one piece`,
  hint: `write \`echo \${${name}}\`, or the value itself`,
  span: where,
});

const unknown = (written: string, name: string, where: Span): Problem => ({
  code: "variable",
  message: `there is no variable ${inBackticks(written)} here, only ${VARIABLES.join(", ")}`,
  hint: HINTS.get(name) ?? OTHERWISE,
  span: where,
});

const FILES = "file names are relative to the workspace already: `head -n 5 reports/june.txt`";
const PARAMETERS = "a text has no parameters, write the value itself: `head -n 5`";
const ITSELF = "write the value itself: `echo 1234`; for a literal dollar sign use single quotes: `echo 'costs $$'`";
const OTHERWISE =
  "write the value itself, or the command that says it: `aws ec2 describe-instances --instance-ids $(cat ids.txt)`; for a literal dollar sign use single quotes: `jq '. as $x | $x'`";

const HINTS: ReadonlyMap<string, string> = new Map([
  [
    "?",
    "the answer has every exit code, and a command can depend on the one before it: `aws s3 ls s3://logs && echo yes`",
  ],
  ...["HOME", "PWD", "OLDPWD", "TMPDIR"].map((name) => [name, FILES] as const),
  ...["@", "*", "#", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"].map((name) => [name, PARAMETERS] as const),
  ...["$", "!", "-"].map((name) => [name, ITSELF] as const),
]);
