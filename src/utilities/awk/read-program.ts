import type { AwkProblem } from "./awk-problem.js";
import { notUnderstood } from "./awk-problem.js";
import type { AwkPlace, AwkRead } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readExpression } from "./read-expression.js";
import { readFunction } from "./read-function.js";
import { readBlock } from "./read-statement.js";

// program = lines , { item } , ( item | range , [ comment ] ) ;
export const readProgram: AwkRead = (reader) => {
  let problem = reader.take() ?? reader.takeLines();
  if (problem === undefined && reader.peek().kind === "end") return emptyProgram(reader.peek().offset);
  while (problem === undefined && reader.peek().kind !== "end") problem = readItem(reader);
  return problem;
};

// item = ( function | [ pattern ] , block ) , [ ';' ] , lines | range , stop ;
const readItem: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (kind === "keyword" && (text === "function" || text === "func")) return readFunction(reader) ?? endItem(reader);
  reader.place = PLACES.get(text) ?? "rule";
  if (kind === "keyword" && PLACES.has(text)) return reader.take() ?? readBlock(reader) ?? endItem(reader);
  if (text === "{") return readBlock(reader) ?? endItem(reader);
  const problem = readRange(reader);
  if (problem) return problem;
  return reader.peek().text === "{" ? (readBlock(reader) ?? endItem(reader)) : endRange(reader);
};

const PLACES: ReadonlyMap<string, AwkPlace> = new Map([
  ["BEGIN", "BEGIN"],
  ["END", "END"],
  ["BEGINFILE", "BEGINFILE"],
  ["ENDFILE", "ENDFILE"],
]);

// range = expression , [ comma , expression ] ;
const readRange: AwkRead = (reader) => {
  const problem = readExpression(reader);
  if (problem !== undefined || reader.peek().text !== ",") return problem;
  return reader.take() ?? reader.takeLines() ?? readExpression(reader);
};

const endItem: AwkRead = (reader) =>
  reader.peek().text === ";" ? (reader.take() ?? reader.takeLines()) : reader.takeLines();

const endRange: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (kind === "end" || kind === "newline" || text === ";") return endItem(reader);
  return misplaced(reader);
};

const emptyProgram = (offset: number): AwkProblem =>
  notUnderstood("the awk program is empty", "write a rule, such as `{print $1}`", offset);
