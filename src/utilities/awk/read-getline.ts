import { type AwkProblem, notUnderstood } from "./awk-problem.js";
import type { AwkRead } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readSimplest, readVariable } from "./read-place.js";

/**
 * `getline` and `getline variable` read on in the files that rules read. What follows may neither redirect it nor go on with it: gawk
 * reads the longest variable that it can, so only the simplest are accepted.
 */
// getline = "getline" , gap | "getline" , join , gap , ( variable | '$' , simplest ) ;
export const readGetline: AwkRead = (reader) => {
  const { offset } = reader.peek();
  const problem = reader.take() ?? readTarget(reader);
  reader.shape = "getline";
  if (problem) return problem;
  if (!ENDS.has(reader.peek().text)) return misplaced(reader);
  return reader.place === "BEGINFILE" || reader.place === "ENDFILE" ? betweenFiles(offset) : undefined;
};

const readTarget: AwkRead = (reader) => {
  const { kind, text } = reader.peek();
  if (kind === "name") return readVariable(reader);
  return text === "$" ? (reader.take() ?? readSimplest(reader)) : undefined;
};

const ENDS: ReadonlySet<string> = new Set([
  ...[")", "]", "}", "{", ";", "\n", "", ",", "?", ":", "&&", "||"],
  ...["==", "!=", "<=", ">", ">=", "~", "!~", "in"],
]);

const betweenFiles = (offset: number): AwkProblem =>
  notUnderstood(
    "`getline` cannot stand in `BEGINFILE` and `ENDFILE` of an awk program",
    "read the records of a file in rules",
    offset,
  );
