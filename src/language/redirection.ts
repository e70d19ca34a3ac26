import { SPACE, TAB } from "./char-codes.js";
import { skipJoins } from "./join.js";
import type { Problem } from "./problem.js";
import { readOperator } from "./read-operator.js";
import { type Span, span } from "./span.js";
import { inBackticks } from "./visible.js";

/** What is wrong with a redirection that starts here (with a descriptor, if there is one) and whose operator is at `at`. */
export const refuseRedirection = (text: string, start: number, at: number): Problem => {
  const { operator, end } = readOperator(text, at) ?? { operator: text.charAt(at), end: at + 1 };
  const target = readTarget(text, end);
  const where = span(start, end);
  if (operator === "<<<") return hereString(where);
  if (operator === "<<" || operator === "<<-") return hereDocument(where);
  if (operator === "<(" || operator === ">(") return processSubstitution(where, operator);
  if (target.word === "/dev/null") return redirectNull(span(start, target.end), text);
  if (operator === ">&" && /^([0-9]+-?|-)$/.test(target.word)) return redirectStderr(span(start, target.end), text);
  if (operator.startsWith("<")) return redirectInput(where, text);
  return redirectOutput(where, text);
};

const PLAIN_WORD = /[A-Za-z0-9_./-]*/y;

/** The plain word after the operator. It only chooses the hint, so quotes in it do not matter. */
const readTarget = (text: string, start: number): { word: string; end: number } => {
  let at = skipJoins(text, start);
  while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at = skipJoins(text, at + 1);
  PLAIN_WORD.lastIndex = at;
  const word = PLAIN_WORD.exec(text)?.[0] ?? "";
  return { word, end: at + word.length };
};

const written = (where: Span, text: string): string => inBackticks(text.slice(where.start, where.end));

const redirectStderr = (where: Span, text: string): Problem => ({
  code: "redirect-stderr",
  message: `${written(where, text)} is not needed, standard error is reported next to the output`,
  hint: "leave it out: `aws s3 ls | head -n 5`",
  span: where,
});

const redirectNull = (where: Span, text: string): Problem => ({
  code: "redirect-null",
  message: `${written(where, text)} ${nullEffect(text.slice(where.start, where.end))}`,
  hint: "leave it out; to see less of the output add a filter: `aws s3 ls | head -n 5`",
  span: where,
});

const nullEffect = (redirection: string): string => {
  if (redirection.includes("<")) return "is not needed, the first command reads an empty input";
  if (redirection.startsWith("2")) return "is not needed, standard error is reported apart from the output";
  return "would throw the output away";
};

const redirectOutput = (where: Span, text: string): Problem => ({
  code: "redirect-output",
  message: `${written(where, text)} would write to a file, and output goes only into the answer`,
  hint: "leave the redirection out; quote a literal comparison: `jq '.[] | select(.Size > 10)'`",
  span: where,
});

const redirectInput = (where: Span, text: string): Problem => ({
  code: "redirect-input",
  message: `${written(where, text)} would read from a file, and input comes only through pipes`,
  hint: "start with the command that reads the file: `cat notes.txt | sort`; quote a literal one: `jq '.Size < 10'`",
  span: where,
});

const hereDocument = (where: Span): Problem => ({
  code: "here-document",
  message: "here-documents are not supported",
  hint: "give the text as a quoted argument, newlines and all: `echo 'first line' | sort`",
  span: where,
});

const hereString = (where: Span): Problem => ({
  code: "here-string",
  message: "`<<<` would feed text to a command",
  hint: "pipe the text in: `echo '{\"a\": 1}' | jq .a`",
  span: where,
});

const processSubstitution = (where: Span, operator: string): Problem => ({
  code: "process-substitution",
  message: `\`${operator}\` would run a second pipeline and pass its name`,
  hint: "join the commands with pipes: `aws s3 ls | sort | uniq -c`",
  span: where,
});
