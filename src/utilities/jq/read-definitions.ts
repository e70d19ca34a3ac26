import type { JqRead } from "./jq-token-reader.js";
import { misplaced } from "./misplaced.js";
import { readQuery } from "./read-query.js";

export const readDefinitions: JqRead = (reader) => {
  while (reader.take("def")) {
    const problem = reader.within(readDefinition);
    if (problem) return problem;
  }
  return undefined;
};

// definition = "def" , name , [ "(" , parameter , { ";" , parameter } , ")" ] , ":" , query , ";" ;
const readDefinition: JqRead = (reader) =>
  readFreeName(reader) ??
  (reader.take("(") ? readParameters(reader) : undefined) ??
  reader.expect(":") ??
  readQuery(reader) ??
  reader.expect(";");

const readParameters: JqRead = (reader) => {
  do {
    const problem = reader.peek().kind === "variable" ? reader.name("variable") : readFreeName(reader);
    if (problem) return problem;
  } while (reader.take(";"));
  return reader.expect(")");
};

export const readFreeName: JqRead = (reader) =>
  KEYWORDS.has(reader.peek().text) ? misplaced(reader.peek()) : reader.name("name");

const KEYWORDS: ReadonlySet<string> = new Set(
  "and as break catch def elif else end foreach if import include label module or reduce then try".split(" "),
);
