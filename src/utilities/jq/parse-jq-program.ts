import { err, ok, type Result } from "../../language/result.js";
import type { JqProblem } from "./jq-problem.js";
import type { JqToken } from "./jq-token.js";
import { type JqRead, type JqTokenReader, jqTokenReader } from "./jq-token-reader.js";
import { misplaced } from "./misplaced.js";
import { readDefinitions } from "./read-definitions.js";
import { readQuery } from "./read-query.js";

/**
 * The names that count in a program: what it calls or defines, and every variable. Fields, object keys, formats and strings are data.
 *
 * The productions are those of jq's own `src/parser.y`, tried on jq 1.6, 1.7, 1.7.1 and 1.8.2, all versions at once: what one of them reads
 * is read here. Priorities are left out, because no name means something else by them. Only `import`, `include` and `module` are not
 * read at all.
 */
export const parseJqProgram = (tokens: readonly JqToken[]): Result<readonly JqToken[], JqProblem> => {
  const reader = jqTokenReader(tokens);
  const problem = readProgram(reader);
  return problem === undefined ? ok(reader.names) : err(problem);
};

// program = { definition } , [ query ] ;
const readProgram: JqRead = (reader) =>
  readDefinitions(reader) ?? (atEnd(reader) ? undefined : (readQuery(reader) ?? readEnd(reader)));

const atEnd = (reader: JqTokenReader): boolean => reader.peek().kind === "end";

const readEnd: JqRead = (reader) => (atEnd(reader) ? undefined : misplaced(reader.peek()));
