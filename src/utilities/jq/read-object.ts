import { loadsModule } from "./jq-problem.js";
import { type JqRead, skipToken } from "./jq-token-reader.js";
import { misplaced } from "./misplaced.js";
import { readQuery, readValue } from "./read-query.js";
import { readString, startsString } from "./read-string.js";

// object = "{" , [ pair , { "," , pair } , [ "," ] ] , "}" ;
export const readPairs: JqRead = (reader) => {
  while (!reader.take("}")) {
    const problem = readPair(reader) ?? (reader.peek().text === "}" ? undefined : reader.expect(","));
    if (problem) return problem;
  }
  return undefined;
};

// pair = key , [ ":" , value ] ;
const readPair: JqRead = (reader) => {
  const bare = reader.peek().text !== "(";
  const problem = readKey(reader);
  if (problem) return problem;
  if (bare && reader.peek().text !== ":") return undefined;
  return reader.expect(":") ?? readValue(reader);
};

// key = name | variable | string | "(" , query , ")" ;
export const readKey: JqRead = (reader) => {
  const { kind, text, offset } = reader.peek();
  if (kind === "variable") return reader.name(kind);
  if (kind === "name") return text.includes("::") ? loadsModule(text, offset) : skipToken(reader);
  if (reader.take("(")) return readQuery(reader) ?? reader.expect(")");
  return startsString(reader) ? readString(reader) : misplaced(reader.peek());
};
