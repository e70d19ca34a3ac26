import { type AwkProblem, notUnderstood } from "./awk-problem.js";
import type { AwkRead, AwkReader } from "./awk-reader.js";
import { SPECIAL_VARIABLES } from "./awk-words.js";
import { misplaced } from "./misplaced.js";
import { readBlock } from "./read-statement.js";

// function = ( "function" | "func" ) , join , gap , name , gap , '(' , [ parameters ] , ')' , lines , block ;
export const readFunction: AwkRead = (reader) => {
  reader.place = "function";
  return (
    reader.take() ??
    readFunctionName(reader) ??
    reader.expect("(") ??
    readParameters(reader) ??
    reader.expect(")") ??
    reader.takeLines() ??
    readBlock(reader)
  );
};

const readFunctionName: AwkRead = (reader) => {
  const { kind, text, offset } = reader.peek();
  if (kind !== "name" && kind !== "call") return misplaced(reader);
  const { functions } = reader.names;
  if (functions.has(text)) return notUnderstood(`\`${text}\` is defined twice in the awk program`, OWN_NAME, offset);
  if (SPECIAL_VARIABLES.has(text)) return keptName(text, offset);
  functions.set(text, offset);
  return reader.take();
};

// parameters = name , gap , { comma , name , gap } ;
const readParameters: AwkRead = (reader) => {
  if (reader.peek().text === ")") return undefined;
  const seen = new Set<string>();
  let problem = readParameter(reader, seen);
  while (problem === undefined && reader.peek().text === ",")
    problem = reader.take() ?? reader.takeLines() ?? readParameter(reader, seen);
  return problem;
};

const readParameter = (reader: AwkReader, seen: Set<string>): AwkProblem | undefined => {
  const { kind, text, offset } = reader.peek();
  if (kind !== "name") return misplaced(reader);
  if (seen.has(text)) return notUnderstood(`two parameters are named \`${text}\` in the awk program`, OWN_NAME, offset);
  if (SPECIAL_VARIABLES.has(text)) return keptName(text, offset);
  seen.add(text);
  if (!reader.names.parameters.has(text)) reader.names.parameters.set(text, offset);
  return reader.take();
};

const OWN_NAME = "give each function and each parameter a name of its own";

const keptName = (name: string, offset: number): AwkProblem =>
  notUnderstood(`\`${name}\` is a variable of awk and no name for a function or a parameter`, OWN_NAME, offset);
