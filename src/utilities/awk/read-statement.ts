import type { AwkProblem } from "./awk-problem.js";
import type { AwkRead, AwkReader } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readExpression } from "./read-expression.js";
import { readFor } from "./read-for.js";
import { readJump } from "./read-jump.js";
import { readVariable } from "./read-place.js";
import { isPrint, readPrint } from "./read-print.js";
import { readSwitch } from "./read-switch.js";

// block = '{' , lines , { statement } , [ last ] , '}' , lines ;
export const readBlock: AwkRead = (reader) =>
  reader.expect("{") ?? reader.takeLines() ?? readStatements(reader, ["}"]) ?? reader.expect("}") ?? reader.takeLines();

/** Reads statements up to one of the words, which stays. */
export const readStatements = (reader: AwkReader, stops: readonly string[]): AwkProblem | undefined => {
  let problem: AwkProblem | undefined;
  while (problem === undefined && !stops.includes(reader.peek().text)) problem = readStatement(reader);
  return problem;
};

// statement = simple , stop | ';' , lines | block | head , statement | if , statement | do | switch ;
const readStatement: AwkRead = (reader) => reader.within(readOneStatement);

const readOneStatement: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (text === "{") return readBlock(reader);
  if (text === ";") return reader.take() ?? reader.takeLines();
  if (kind !== "keyword") return readExpression(reader) ?? endStatement(reader);
  if (text === "if") return readIf(reader);
  if (text === "while") return readWhile(reader);
  if (text === "do") return readDo(reader);
  if (text === "for") return readFor(reader);
  if (text === "switch") return readSwitch(reader);
  return readSimple(reader, text) ?? endStatement(reader);
};

// simple = expression | print | jump | delete ;
const readSimple = (reader: AwkReader, text: string): AwkProblem | undefined => {
  if (isPrint(text)) return readPrint(reader);
  if (text === "delete") return reader.take() ?? readVariable(reader);
  return text === "getline" ? readExpression(reader) : readJump(reader, text);
};

/** The statement before `}` needs no end of its own: gawk puts one there. */
const endStatement: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (text === ";") return reader.take() ?? reader.takeLines();
  if (kind === "newline") return reader.takeLines();
  return text === "}" ? undefined : misplaced(reader);
};

// if = "if" , gap , test , statement , "else" , space , lines ;
const readIf: AwkRead = (reader) => {
  const problem = reader.take() ?? readTest(reader) ?? readStatement(reader);
  if (problem !== undefined || reader.peek().text !== "else") return problem;
  return reader.take() ?? reader.takeLines() ?? readStatement(reader);
};

// test = '(' , expression , ')' , lines ;
export const readTest: AwkRead = (reader) =>
  reader.expect("(") ?? readExpression(reader) ?? reader.expect(")") ?? reader.takeLines();

const readWhile: AwkRead = (reader) => reader.take() ?? readTest(reader) ?? readLoopBody(reader);

export const readLoopBody: AwkRead = (reader) => {
  reader.loops++;
  const problem = readStatement(reader);
  reader.loops--;
  return problem;
};

// do = "do" , space , lines , statement , "while" , gap , test ;
const readDo: AwkRead = (reader) =>
  reader.take() ?? reader.takeLines() ?? readLoopBody(reader) ?? reader.expect("while") ?? readTest(reader);
