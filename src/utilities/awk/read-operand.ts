import type { AwkProblem } from "./awk-problem.js";
import type { AwkRead, AwkReader } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readBuiltin, readCall } from "./read-call.js";
import { readExpression, readList } from "./read-expression.js";
import { readGetline } from "./read-getline.js";
import { readPlace, startsPlace } from "./read-place.js";
import { endsPrint } from "./read-print.js";

/**
 * An operand with its signs. A slash begins a regular expression here, and is a division behind an operand, as in gawk's grammar; where
 * an operand would be calculated with, a regular expression is refused.
 */
// operand = { '!' | sign } , primary ;
export const readOperand = (reader: AwkReader, which: "first" | "later"): AwkProblem | undefined => {
  let problem: AwkProblem | undefined;
  let alone = which === "first";
  let signed = false;
  while (problem === undefined && SIGNS.has(reader.peek().text)) {
    alone &&= reader.peek().text === "!";
    signed = true;
    problem = reader.take();
  }
  if (problem) return problem;
  const { text } = reader.peek();
  if (alone && (text === "/" || text === "/=")) return readRegex(reader);
  if (alone && text === "getline") return readGetline(reader);
  problem = readPrimary(reader);
  if (signed && reader.shape !== "step") reader.shape = "value";
  return problem;
};

const SIGNS: ReadonlySet<string> = new Set(["!", "-", "+"]);

const readRegex: AwkRead = (reader) => {
  const problem = reader.takeRegex();
  reader.shape = "regex";
  return problem;
};

/** Whether an operand that stands behind another is joined to it. */
export const startsPrimary = (reader: AwkReader): boolean => {
  const { kind, text } = reader.peek();
  if (kind === "number" || kind === "string" || kind === "call" || kind === "builtin") return true;
  // Behind `$1++` gawk takes a further `++` for one of the same field.
  const step = (text === "++" || text === "--") && reader.shape !== "step";
  return startsPlace(reader) || text === "(" || step;
};

// primary = place , [ ( "++" | "--" ) , gap ] | ( "++" | "--" ) , gap , place | ( number | string ) , gap
//         | '(' , expression , ')' | call | builtin ;
export const readPrimary: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (startsPlace(reader)) return readPlace(reader) ?? readStep(reader);
  if (text === "++" || text === "--") return reader.take() ?? readPlace(reader) ?? shaped(reader, "step");
  if (text === "(") return readGroup(reader);
  if (kind === "call") return readCall(reader);
  if (kind === "builtin") return readBuiltin(reader);
  if (kind === "number") return reader.take() ?? shaped(reader, "value");
  if (kind === "string") return reader.take() ?? shaped(reader, "string");
  return misplaced(reader);
};

const readStep: AwkRead = (reader) => {
  const { text } = reader.peek();
  return text === "++" || text === "--" ? (reader.take() ?? shaped(reader, "step")) : undefined;
};

// group = '(' , expression , comma , list , ')' ;
const readGroup: AwkRead = (reader) => {
  const { offset } = reader.peek();
  const problem = reader.take() ?? readExpression(reader);
  if (problem) return problem;
  if (reader.peek().text !== ",") return reader.expect(")") ?? shaped(reader, "value");
  return reader.take() ?? reader.takeLines() ?? readList(reader) ?? reader.expect(")") ?? endGroup(reader, offset);
};

/** Several values in parentheses are an index before `in`, or all that is printed. */
const endGroup = (reader: AwkReader, offset: number): AwkProblem | undefined => {
  const printed = reader.printing === offset && endsPrint(reader);
  return printed || reader.peek().text === "in" ? shaped(reader, "group") : misplaced(reader);
};

const shaped = (reader: AwkReader, shape: AwkReader["shape"]): undefined => {
  reader.shape = shape;
};
