import type { AwkProblem } from "./awk-problem.js";
import type { AwkRead, AwkReader } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readOperand, readPrimary, startsPrimary } from "./read-operand.js";
import { readVariable } from "./read-place.js";

// list = expression , { comma , expression } ;
export const readList: AwkRead = (reader) => {
  let problem = readExpression(reader);
  while (problem === undefined && reader.peek().text === ",")
    problem = reader.take() ?? reader.takeLines() ?? readExpression(reader);
  return problem;
};

/** Tells in `reader.shape` what it read. */
export const readExpression: AwkRead = (reader) => reader.within(readChoice);

// expression = either , [ "?" , wrap , expression , ":" , wrap , expression ] ;
const readChoice: AwkRead = (reader) => {
  const problem = readEither(reader);
  if (problem !== undefined || reader.peek().text !== "?") return problem;
  return (
    reader.takeAndWrap() ??
    readExpression(reader) ??
    (reader.peek().text === ":" ? reader.takeAndWrap() : misplaced(reader, ":")) ??
    readExpression(reader) ??
    becomes(reader)
  );
};

// either = both , { "||" , wrap , both } ;
const readEither: AwkRead = (reader) => {
  let problem = readBoth(reader);
  while (problem === undefined && reader.peek().text === "||")
    problem = reader.takeAndWrap() ?? readBoth(reader) ?? becomes(reader);
  return problem;
};

// both = member , { "&&" , wrap , member } ;
const readBoth: AwkRead = (reader) => {
  let problem = readMember(reader);
  while (problem === undefined && reader.peek().text === "&&")
    problem = reader.takeAndWrap() ?? readMember(reader) ?? becomes(reader);
  return problem;
};

// member = match , [ join , within ] | group , within ;
const readMember: AwkRead = (reader) => {
  const problem = readMatch(reader);
  if (problem !== undefined || reader.peek().text !== "in") return problem;
  return reader.take() ?? readVariable(reader) ?? becomes(reader);
};

// match = compare , { ( "~" | "!~" ) , gap , compare } ;
const readMatch: AwkRead = (reader) => {
  let problem = readCompare(reader);
  while (problem === undefined && MATCHES.has(reader.peek().text))
    problem = reader.take() ?? readCompare(reader) ?? becomes(reader);
  return problem;
};

// compare = joined , [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) , gap , joined ] ;
const readCompare: AwkRead = (reader) => {
  const problem = readJoined(reader);
  if (problem !== undefined || !COMPARES.has(reader.peek().text)) return problem;
  const { text } = reader.peek();
  // INVARIANT: `getline <` opens a file, and `print … >` too.
  if ((text === "<" && reader.shape === "getline") || (text === ">" && reader.redirects())) return misplaced(reader);
  return reader.take() ?? readJoined(reader) ?? becomes(reader);
};

// joined = operand , { operator , join , gap , operand | join , primary } | place , assign , gap , expression
//        | { '!' } , ( regex , gap | getline ) ;
const readJoined: AwkRead = (reader) => {
  let problem = readOperand(reader, "first");
  if (problem !== undefined || LONE.has(reader.shape)) return problem;
  if (ASSIGNS.has(reader.peek().text)) return readAssignment(reader);
  for (let operands = 1; problem === undefined; operands++) {
    if (OPERATORS.has(reader.peek().text)) problem = reader.take() ?? readOperand(reader, "later");
    else if (startsPrimary(reader)) problem = readPrimary(reader);
    else return operands === 1 ? undefined : becomes(reader);
  }
  return problem;
};

/** The value takes all that it can: what compares behind it would compare for a second time. */
const readAssignment: AwkRead = (reader) => {
  if (reader.shape !== "place") return misplaced(reader);
  const problem = reader.take() ?? readExpression(reader) ?? becomes(reader);
  const { text } = reader.peek();
  return problem ?? (COMPARES.has(text) || MATCHES.has(text) || text === "in" ? misplaced(reader) : undefined);
};

const becomes = (reader: AwkReader): AwkProblem | undefined => {
  reader.shape = "value";
  return undefined;
};

const LONE: ReadonlySet<string> = new Set(["regex", "getline", "group"]);
const MATCHES: ReadonlySet<string> = new Set(["~", "!~"]);
const COMPARES: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
// operator = "+" | "-" | "*" | "/" | "%" | "^" | "**" ;
const OPERATORS: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%", "^", "**"]);
// assign = "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "^=" | "**=" ;
const ASSIGNS: ReadonlySet<string> = new Set(["=", "+=", "-=", "*=", "/=", "%=", "^=", "**="]);
