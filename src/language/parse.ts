import { refuseCharacters } from "./characters.js";
import { MAX_TEXT, textTooLong } from "./limits.js";
import { parseList } from "./parse-list.js";
import { parseSubstitution } from "./parse-substitution.js";
import type { Problem } from "./problem.js";
import { err, type Result } from "./result.js";
import { span } from "./span.js";
import { strip } from "./strip.js";
import type { List } from "./syntax.js";
import { tokenReader } from "./token-reader.js";

/**
 * Reads a text as `grammar/pipeline.ebnf` defines it; otherwise says what is wrong furthest to the left.
 * All spans are those of the text as it was given. Linear in the text; nesting is bounded.
 */
export const parse = (text: string): Result<List, Problem> => {
  if (text.length > MAX_TEXT) return err(textTooLong(text));
  const problem = refuseCharacters(text);
  return problem === undefined ? parseText(text) : err(problem);
};

// commands = space , [ "$" , blank ] , lead , list , tail ;
const parseText = (text: string): Result<List, Problem> => {
  const { start, end } = strip(text);
  const counts = { pipelines: 0 };
  const source = { text: text.slice(0, end), depth: 0, counts, substitution: parseSubstitution };
  const reader = tokenReader(source, start);
  return reader.skipNewlines().kind === "end" ? err(emptyText(text)) : parseList(reader);
};

const emptyText = (text: string): Problem => ({
  code: "empty-text",
  message: "there is no command in the text",
  hint: "write one: `aws s3 ls | sort`",
  span: span(0, text.length),
});
