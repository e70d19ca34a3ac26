import type { AwkProblem } from "./awk-problem.js";
import { notUnderstood } from "./awk-problem.js";
import type { AwkRead, AwkReader } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readBuiltin, readCall } from "./read-call.js";
import { readExpression, readList } from "./read-expression.js";

export const startsPlace = (reader: AwkReader): boolean => {
  const { kind, text } = reader.peek();
  return kind === "name" || text === "$";
};

// place = variable | field ;
export const readPlace: AwkRead = (reader) => (reader.peek().text === "$" ? readField(reader) : readVariable(reader));

// variable = name , gap , [ '[' , list , { "][" , gap , list } , ']' ] ;
export const readVariable: AwkRead = (reader) => {
  let problem = readName(reader);
  for (let first = true; problem === undefined && reader.peek().text === "["; first = false) {
    // gawk takes `[` for a further index only directly behind `]`.
    if (!first && reader.peek().offset !== reader.end()) return apart(reader);
    problem = reader.take() ?? readList(reader) ?? reader.expect("]");
  }
  reader.shape = "place";
  return problem;
};

export const readName: AwkRead = (reader) => {
  const { kind, text, offset } = reader.peek();
  if (kind !== "name") return misplaced(reader);
  if (!reader.names.variables.has(text)) reader.names.variables.set(text, offset);
  return reader.take();
};

// field = '$' , ( simplest | field | ( "++" | "--" ) , gap , variable | call | builtin ) ;
const readField: AwkRead = (reader) => {
  const problem = reader.take() ?? reader.within(readIndex);
  reader.shape = "place";
  return problem;
};

const readIndex: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (text === "$") return readField(reader);
  if (text === "++" || text === "--") return reader.take() ?? readVariable(reader);
  if (kind === "call") return readCall(reader);
  return kind === "builtin" ? readBuiltin(reader) : readSimplest(reader);
};

// simplest = number , gap | variable | '(' , expression , ')' ;
export const readSimplest: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (kind === "number") return reader.take();
  if (text === "(") return reader.take() ?? readExpression(reader) ?? reader.expect(")");
  return readVariable(reader);
};

const apart = (reader: AwkReader): AwkProblem =>
  notUnderstood(
    "a blank stands between `]` and `[` in the awk program",
    "write `a[i][j]` without blanks, or `a[i, j]`",
    reader.peek().offset,
  );
