import type { JqProblem } from "./jq-problem.js";
import { type JqRead, type JqTokenReader, skipToken } from "./jq-token-reader.js";
import { misplaced } from "./misplaced.js";
import { readFreeName } from "./read-definitions.js";
import { readForeach, readIf, readReduce } from "./read-keywords.js";
import { readPairs } from "./read-object.js";
import { readQuery } from "./read-query.js";
import { readString, startsString } from "./read-string.js";

// plain = { "-" } , term ;
export const readPlain: JqRead = (reader) => {
  while (reader.take("-"));
  return reader.within(readTerm);
};

// term = primary , { suffix } ;
const readTerm: JqRead = (reader) => {
  let problem = readPrimary(reader);
  while (!problem && SUFFIX.has(startOf(reader))) problem = readSuffix(reader);
  return problem;
};

const SUFFIX: ReadonlySet<string> = new Set(["field", "?", ".", "["]);

const startOf = (reader: JqTokenReader): string => {
  const { kind, text } = reader.peek();
  return kind === "field" ? kind : text;
};

// suffix = field | "?" | "." , ( string | index ) | index ;
const readSuffix: JqRead = (reader) => {
  if (reader.peek().kind === "field" || reader.peek().text === "?") return skipToken(reader);
  if (reader.take(".") && reader.peek().text !== "[") return readString(reader);
  return reader.take("[") ? readIndex(reader) : undefined;
};

// index = "[" , [ query ] , [ ":" , [ query ] ] , "]" ;
const readIndex: JqRead = (reader) => {
  const start = reader.peek().text === ":" ? undefined : readUnless(reader, "]");
  if (start) return start;
  return (reader.take(":") ? readUnless(reader, "]") : undefined) ?? reader.expect("]");
};

const readUnless = (reader: JqTokenReader, closer: string): JqProblem | undefined =>
  reader.peek().text === closer ? undefined : readQuery(reader);

// primary = "." , [ string ] | ".." | field | number | variable | format | string | "(" , query , ")" | array | object | named ;
const readPrimary: JqRead = (reader) => {
  const { kind, text } = reader.peek();
  switch (kind) {
    case "name":
      return readNamed(reader);
    case "variable":
      return reader.name(kind);
    case "field":
    case "number":
      return skipToken(reader);
    case "format":
      return reader.advance() && reader.peek().text === '"' ? readString(reader) : undefined;
    case "open":
      return text === '"' ? readString(reader) : readBracketed(reader);
    case "operator":
      if (reader.take(".")) return startsString(reader) ? readString(reader) : undefined;
      return reader.take("..") ? undefined : misplaced(reader.peek());
    case "close":
    case "end":
      return misplaced(reader.peek());
  }
};

// array = "[" , [ query ] , "]" ;
const readBracketed: JqRead = (reader) => {
  if (reader.take("(")) return readQuery(reader) ?? reader.expect(")");
  if (reader.take("[")) return readUnless(reader, "]") ?? reader.expect("]");
  return reader.expect("{") ?? readPairs(reader);
};

// named = if | try | reduce | foreach | "break" , variable | call ;
const readNamed: JqRead = (reader) => {
  if (reader.take("if")) return readIf(reader);
  if (reader.take("try")) return readPlain(reader) ?? (reader.take("catch") ? readPlain(reader) : undefined);
  if (reader.take("reduce")) return readReduce(reader);
  if (reader.take("foreach")) return readForeach(reader);
  return reader.take("break") ? reader.name("variable") : readCall(reader);
};

// call = name , [ "(" , query , { ";" , query } , ")" ] ;
const readCall: JqRead = (reader) => readFreeName(reader) ?? (reader.take("(") ? readArguments(reader) : undefined);

const readArguments: JqRead = (reader) => {
  do {
    const problem = readQuery(reader);
    if (problem) return problem;
  } while (reader.take(";"));
  return reader.expect(")");
};
