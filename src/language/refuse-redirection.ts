import type { Descriptor } from "./descriptor.js";
import type { Problem } from "./problem.js";
import type { ReadOperator } from "./read-operator.js";
import { skipToTarget } from "./redirection-target.js";
import { type Span, span } from "./span.js";
import { inBackticks } from "./visible.js";

/** What is wrong with a redirection that is none of those that there are. */
export const refuseRedirection = (
  text: string,
  start: number,
  descriptor: Descriptor,
  { operator, end }: ReadOperator,
): Problem => {
  const operation = span(start, end);
  const target = plainTarget(text, end);
  const whole = span(start, target.end);
  if (operator === "<<<") return hereString(operation);
  if (operator === "<<" || operator === "<<-") return hereDocument(operation);
  if (operator === "<(" || operator === ">(") return processSubstitution(operation, operator);
  if (operator.startsWith("<")) return redirectInput(text, operation, `${operator}${target.text}`);
  if (!/^(?:[12]?>|&>)/.test(`${descriptor.text}${operator}`) || isDescriptor(operator, target.text))
    return redirectDescriptor(text, whole, descriptor.text, target.text);
  return redirectOutput(text, operation, `${descriptor.text}${operator}`, target.text);
};

const PLAIN_WORD = /[A-Za-z0-9_./-]*/y;

/** The plain word after the operator. It only chooses the hint, so quotes in it do not matter. */
const plainTarget = (text: string, start: number): { text: string; end: number } => {
  const at = skipToTarget(text, start);
  PLAIN_WORD.lastIndex = at;
  const word = PLAIN_WORD.exec(text)?.[0] ?? "";
  return { text: word, end: at + word.length };
};

const isDescriptor = (operator: string, target: string): boolean =>
  operator === ">&" && /^(?:[0-9]+-?|-)$/.test(target);

const written = (text: string, where: Span): string => inBackticks(text.slice(where.start, where.end));

const redirectDescriptor = (text: string, where: Span, descriptor: string, target: string): Problem => ({
  code: "redirect-descriptor",
  message: `${written(text, where)} is about a descriptor that can not be redirected like this`,
  hint: descriptorHint(descriptor, target),
  span: where,
});

const descriptorHint = (descriptor: string, target: string): string => {
  const known = /^[12]?$/.test(descriptor);
  if (known && target === "-") return `send it to nowhere instead: \`aws s3 ls ${descriptor}>/dev/null\``;
  if (known && /^[12]$/.test(target)) return "put a blank before the next redirection: `aws s3 ls 2>&1 >/dev/null`";
  return "only 1 and 2 lead anywhere, to each other or to nowhere: `aws s3 ls 2>&1`, `aws s3 ls 2>/dev/null`; put a blank after a number that is an argument";
};

const redirectOutput = (text: string, where: Span, operator: string, target: string): Problem => ({
  code: "redirect-output",
  message: `${written(text, where)} would write to a file, and the only file to redirect to is /dev/null`,
  hint: outputHint(operator, target),
  span: where,
});

const outputHint = (operator: string, target: string): string => {
  if (target === "/dev/stderr") return "name the descriptor: `echo done >&2`";
  if (target === "/dev/stdout") return "name the descriptor: `aws s3 ls 2>&1`";
  if (target === "/dev/null" && operator === "2>&") return "leave the second sign out: `aws s3 ls 2>/dev/null`";
  if (target === "/dev/null") return "write `aws s3 ls >/dev/null 2>&1`";
  if (/[2&]/.test(operator)) return "write the file at the end of the pipeline: `aws s3 ls 2>&1 | tee all.txt`";
  return "write the file at the end of the pipeline: `aws s3 ls | tee list.txt`; quote a literal comparison: `jq '.[] | select(.Size > 10)'`";
};

const redirectInput = (text: string, where: Span, operation: string): Problem => ({
  code: "redirect-input",
  message: `${written(text, where)} would read from a file, and the only file to redirect from is /dev/null`,
  hint: inputHint(operation),
  span: where,
});

const inputHint = (operation: string): string => {
  if (operation === "<&-") return "read from nowhere instead: `wc -l </dev/null`";
  return "start with the command that reads the file: `cat notes.txt | sort`; quote a literal one: `jq '.Size < 10'`";
};

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
  hint: "keep each output in a file of the workspace: `ls a | tee a.txt; ls b | tee b.txt; diff a.txt b.txt`",
  span: where,
});
