import { MAX_COMMANDS, MAX_PIPELINES, tooManyCommands, tooManyPipelines } from "./limits.js";
import { parseCommand } from "./parse-command.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import { span } from "./span.js";
import type { AndOr, Command, List, Pipeline } from "./syntax.js";
import type { Token } from "./token.js";
import type { TokenReader } from "./token-reader.js";

/** AND-OR lists up to the end of the text or of the substitution; the reader stands at that end then. */
export const parseList = (reader: TokenReader): Result<List, Problem> => {
  const first = parseAndOr(reader, undefined);
  if (!first.ok) return first;
  const items: [AndOr, ...AndOr[]] = [first.value];
  let end = first.value.span.end;
  for (let separator = skipSeparator(reader); !isOver(reader.peek()); separator = skipSeparator(reader)) {
    const next = parseAndOr(reader, separator);
    if (!next.ok) return next;
    items.push(next.value);
    end = next.value.span.end;
  }
  return ok({ kind: "list", items, span: span(first.value.span.start, end) });
};

const isOver = (token: Token): boolean => token.kind === "end" || token.kind === "close";

/** One semicolon, newlines, or both in this order. */
const skipSeparator = (reader: TokenReader): Token => {
  const separator = reader.peek();
  if (separator.kind === "semicolon") reader.advance();
  reader.skipNewlines();
  return separator;
};

// chain = pipeline , { [ gap ] , ( '&&' | '||' ) , lead , pipeline } ;
const parseAndOr = (reader: TokenReader, before: Token | undefined): Result<AndOr, Problem> => {
  const first = parsePipeline(reader, before);
  if (!first.ok) return first;
  const rest: AndOr["rest"][number][] = [];
  let end = first.value.span.end;
  for (let token = reader.peek(); token.kind === "and-or"; token = reader.peek()) {
    reader.advance();
    reader.skipNewlines();
    const next = parsePipeline(reader, token);
    if (!next.ok) return next;
    rest.push({ operator: token.operator, pipeline: next.value });
    end = next.value.span.end;
  }
  return ok({ kind: "and-or", first: first.value, rest, span: span(first.value.span.start, end) });
};

// pipeline = command , 31 * [ pipe , command ] ;
// pipe = [ gap ] , ( "|" | '|&' ) , lead ;
const parsePipeline = (reader: TokenReader, before: Token | undefined): Result<Pipeline, Problem> => {
  const problem = countPipeline(reader);
  if (problem !== undefined) return err(problem);
  const first = parseCommand(reader, before);
  if (!first.ok) return first;
  const commands: [Command, ...Command[]] = [first.value];
  let end = first.value.span.end;
  for (let token = reader.peek(); token.kind === "pipe"; token = reader.peek()) {
    if (commands.length === MAX_COMMANDS) return err(tooManyCommands(token.span));
    reader.advance();
    reader.skipNewlines();
    const next = parseCommand(reader, token);
    if (!next.ok) return next;
    commands.push(next.value);
    end = next.value.span.end;
  }
  return ok({ kind: "pipeline", commands, span: span(first.value.span.start, end) });
};

/** Counts the pipeline that begins here, if one does. */
const countPipeline = (reader: TokenReader): Problem | undefined => {
  const token = reader.peek();
  if (token.kind !== "word" && token.kind !== "redirection") return undefined;
  reader.source.counts.pipelines++;
  return reader.source.counts.pipelines > MAX_PIPELINES ? tooManyPipelines(token.span) : undefined;
};
