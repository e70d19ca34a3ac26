import { refuseCharacters } from "./characters.js";
import { refuseFirstWord } from "./first-word.js";
import { lex } from "./lex.js";
import { emptyText, missingCommand, severalCommands, textTooLong, tooManyStages } from "./misplaced.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import { type Span, span } from "./span.js";
import type { Command, Pipeline, Word } from "./syntax.js";
import { type TokenReader, tokenReader } from "./token-reader.js";

const MAX_TEXT = 1_048_576;
const MAX_STAGES = 32;

/** Reads a text as `grammar/pipeline.ebnf` defines it; otherwise says what is wrong furthest to the left. */
export const parse = (text: string): Result<Pipeline, Problem> => {
  if (text.length > MAX_TEXT) return err(textTooLong(text, MAX_TEXT));
  const problem = refuseCharacters(text);
  return problem === undefined ? parseText(text) : err(problem);
};

// text = lead , pipeline , tail ;
const parseText = (text: string): Result<Pipeline, Problem> => {
  const reader = tokenReader(lex(text));
  if (reader.skipNewlines().kind === "end") return err(emptyText(text));
  const pipeline = parsePipeline(reader);
  if (!pipeline.ok) return pipeline;
  const last = reader.skipNewlines();
  if (last.kind === "end") return pipeline;
  return err(last.kind === "refused" ? last.problem : severalCommands(text, last));
};

// pipeline = command , 31 * [ pipe , command ] ;
// pipe = [ gap ] , "|" , lead ;
const parsePipeline = (reader: TokenReader): Result<Pipeline, Problem> => {
  const first = parseCommand(reader, undefined);
  if (!first.ok) return first;
  const commands: [Command, ...Command[]] = [first.value];
  let end = first.value.span.end;
  for (let token = reader.peek(); token.kind === "pipe"; token = reader.peek()) {
    if (commands.length === MAX_STAGES) return err(tooManyStages(token.span, MAX_STAGES));
    reader.advance();
    const next = parseCommand(reader, token.span);
    if (!next.ok) return next;
    commands.push(next.value);
    end = next.value.span.end;
  }
  return ok({ kind: "pipeline", commands, span: span(first.value.span.start, end) });
};

// command = program , { gap , word } ;
// program = word - ( reserved | assignment ) ;
const parseCommand = (reader: TokenReader, pipe: Span | undefined): Result<Command, Problem> => {
  const program = reader.skipNewlines();
  if (program.kind === "refused") return err(program.problem);
  if (program.kind !== "word") return err(missingCommand(program, pipe));
  const problem = refuseFirstWord(program);
  if (problem !== undefined) return err(problem);
  const words: [Word, ...Word[]] = [program];
  let end = program.span.end;
  for (let token = reader.advance(); token.kind === "word"; token = reader.advance()) {
    words.push(token);
    end = token.span.end;
  }
  return ok({ kind: "command", words, span: span(program.span.start, end) });
};
