import type { JqRead } from "./jq-token-reader.js";
import { readChain } from "./read-chain.js";
import { readKey } from "./read-object.js";

// patterns = pattern , { "?//" , pattern } ;
export const readPatterns: JqRead = (reader) => readChain(reader, readPattern, ALTERNATIVE);

const ALTERNATIVE: ReadonlySet<string> = new Set(["?//"]);
const COMMA: ReadonlySet<string> = new Set([","]);

// pattern = variable | "[" , pattern , { "," , pattern } , "]" | "{" , entry , { "," , entry } , "}" ;
const readPattern: JqRead = (reader) => reader.within(readPatternInside);

const readPatternInside: JqRead = (reader) => {
  if (reader.take("[")) return readChain(reader, readPattern, COMMA) ?? reader.expect("]");
  if (reader.take("{")) return readChain(reader, readEntry, COMMA) ?? reader.expect("}");
  return reader.name("variable");
};

// entry = variable , [ ":" , pattern ] | key - variable , ":" , pattern ;
const readEntry: JqRead = (reader) => {
  const alone = reader.peek().kind === "variable";
  const problem = readKey(reader);
  if (problem) return problem;
  if (alone && reader.peek().text !== ":") return undefined;
  return reader.expect(":") ?? readPattern(reader);
};
