import type { JqRead } from "./jq-token-reader.js";
import { readPatterns } from "./read-patterns.js";
import { readQuery, readSource } from "./read-query.js";

// if = "if" , query , "then" , query , { "elif" , query , "then" , query } , [ "else" , query ] , "end" ;
export const readIf: JqRead = (reader) => {
  do {
    const problem = readQuery(reader) ?? reader.expect("then") ?? readQuery(reader);
    if (problem) return problem;
  } while (reader.take("elif"));
  return (reader.take("else") ? readQuery(reader) : undefined) ?? reader.expect("end");
};

// reduce = "reduce" , source , "as" , patterns , "(" , query , ";" , query , ")" ;
export const readReduce: JqRead = (reader) => readFold(reader) ?? reader.expect(")");

// foreach = "foreach" , source , "as" , patterns , "(" , query , ";" , query , [ ";" , query ] , ")" ;
export const readForeach: JqRead = (reader) =>
  readFold(reader) ?? (reader.take(";") ? readQuery(reader) : undefined) ?? reader.expect(")");

const readFold: JqRead = (reader) =>
  readSource(reader) ??
  reader.expect("as") ??
  readPatterns(reader) ??
  reader.expect("(") ??
  readQuery(reader) ??
  reader.expect(";") ??
  readQuery(reader);
