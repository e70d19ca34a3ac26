import type { AwkProblem } from "./awk-problem.js";
import type { AwkRead } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readStatements, readTest } from "./read-statement.js";

// switch = "switch" , gap , test , '{' , lines , { case , { statement } } , [ case , last ] , '}' , lines ;
export const readSwitch: AwkRead = (reader) =>
  reader.take() ??
  readTest(reader) ??
  reader.expect("{") ??
  reader.takeLines() ??
  readCases(reader) ??
  reader.expect("}") ??
  reader.takeLines();

const readCases: AwkRead = (reader) => {
  let problem: AwkProblem | undefined;
  reader.switches++;
  while (problem === undefined && reader.peek().text !== "}")
    problem = readCase(reader) ?? readStatements(reader, ["case", "default", "}"]);
  reader.switches--;
  return problem;
};

// case = ( "case" , join , gap , ( [ sign ] , number | string | regex ) , gap | "default" , gap ) , ':' , lines ;
const readCase: AwkRead = (reader) => {
  const { text } = reader.peek();
  if (text !== "case" && text !== "default") return misplaced(reader, "case");
  return reader.take() ?? (text === "case" ? readLabel(reader) : undefined) ?? reader.expect(":") ?? reader.takeLines();
};

const readLabel: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (text === "/" || text === "/=") return reader.takeRegex();
  if (kind === "string") return reader.take();
  const problem = text === "-" || text === "+" ? reader.take() : undefined;
  return problem ?? (reader.peek().kind === "number" ? reader.take() : misplaced(reader));
};
