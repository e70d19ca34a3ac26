import type { JqRead, JqTokenReader } from "./jq-token-reader.js";
import { readQuery } from "./read-query.js";

export const startsString = (reader: JqTokenReader): boolean => {
  const { kind, text } = reader.peek();
  return kind === "format" || (kind === "open" && text === '"');
};

// string = [ format ] , quote , { "\(" , query , ")" } , quote ;
export const readString: JqRead = (reader) => {
  if (reader.peek().kind === "format") reader.advance();
  const problem = reader.expect('"');
  if (problem) return problem;
  while (reader.take("\\(")) {
    const inside = readQuery(reader) ?? reader.expect(")");
    if (inside) return inside;
  }
  return reader.expect('"');
};
