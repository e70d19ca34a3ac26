import { MAX_DEPTH, tooDeep } from "./limits.js";
import { parseList } from "./parse-list.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import type { Source } from "./source.js";
import { type Span, span } from "./span.js";
import type { Expansion } from "./syntax.js";
import { tokenReader } from "./token-reader.js";

// substitution = "$(" , lead , list , close , ")" ;
/** The list between `$(`, which begins here, and its `)` (POSIX, 2.6.3 "Command Substitution"). */
export const parseSubstitution = (source: Source, at: number): Result<Expansion, Problem> => {
  const open = span(at, at + 2);
  if (source.depth === MAX_DEPTH) return err(tooDeep(open));
  const reader = tokenReader({ ...source, depth: source.depth + 1 }, open.end);
  const first = reader.skipNewlines();
  if (first.kind === "close") return err(emptySubstitution(span(at, first.span.end)));
  if (first.kind === "end") return err(unclosedSubstitution(open));
  const list = parseList(reader);
  if (!list.ok) return list;
  const close = reader.peek();
  if (close.kind !== "close") return err(unclosedSubstitution(open));
  return ok({ kind: "substitution", list: list.value, span: span(at, close.span.end) });
};

const emptySubstitution = (where: Span): Problem => ({
  code: "empty-substitution",
  message: "there is no command between the parentheses",
  hint: "write the command whose output belongs here: `aws ec2 describe-instances --instance-ids $(cat ids.txt)`",
  span: where,
});

const unclosedSubstitution = (where: Span): Problem => ({
  code: "unclosed-substitution",
  message: "the command substitution that opens here is never closed",
  hint: "close it: `echo $(date)`; in single quotes it is plain text: `echo '$('`",
  span: where,
});
