import type { AwkProblem } from "./awk-problem.js";
import type { AwkRead, AwkReader } from "./awk-reader.js";
import { readAwkToken } from "./read-awk-token.js";
import { readExpression } from "./read-expression.js";
import { readName, readVariable } from "./read-place.js";
import { readLoopBody } from "./read-statement.js";

// for = "for" , gap , '(' , ( walk | [ begin ] , part , [ expression ] , part , [ expression ] ) , ')' , lines ;
export const readFor: AwkRead = (reader) =>
  reader.take() ??
  reader.expect("(") ??
  (walks(reader) ? readWalk(reader) : readParts(reader)) ??
  reader.expect(")") ??
  reader.takeLines() ??
  readLoopBody(reader);

const walks = (reader: AwkReader): boolean => {
  const { kind, end } = reader.peek();
  if (kind !== "name") return false;
  const second = readAwkToken(reader.program, end);
  return second.ok && second.value.text === "in";
};

// walk = name , join , gap , "in" , join , gap , variable ;
const readWalk: AwkRead = (reader) => readName(reader) ?? reader.expect("in") ?? readVariable(reader);

// part = ';' , lines ;
const readParts: AwkRead = (reader) =>
  readOptional(reader, ";") ??
  reader.expect(";") ??
  reader.takeLines() ??
  readOptional(reader, ";") ??
  reader.expect(";") ??
  reader.takeLines() ??
  readOptional(reader, ")");

const readOptional = (reader: AwkReader, stop: string): AwkProblem | undefined =>
  reader.peek().text === stop ? undefined : readExpression(reader);
