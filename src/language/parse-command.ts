import { refuseFirstWord } from "./first-word.js";
import { missingCommand, onlyRedirections } from "./misplaced.js";
import type { Problem } from "./problem.js";
import { err, ok, type Result } from "./result.js";
import { span } from "./span.js";
import type { Command, Redirection, Word } from "./syntax.js";
import type { Token } from "./token.js";
import type { TokenReader } from "./token-reader.js";

// command = [ redirects , gap , { redirects , gap } ] , ( program | ( program - descriptor ) , attached ) , { gap , argument } ;
/** Words and redirections up to what ends the command, and the redirection of a `|&` there. `before` ended the last one. */
export const parseCommand = (reader: TokenReader, before: Token | undefined): Result<Command, Problem> => {
  const start = reader.peek();
  const words: Word[] = [];
  const redirections: Redirection[] = [];
  let end = start.span.end;
  let token = start;
  for (; token.kind === "word" || token.kind === "redirection"; token = reader.advance()) {
    const problem = token.kind === "word" && words.length === 0 ? refuseFirstWord(token) : undefined;
    if (problem !== undefined) return err(problem);
    if (token.kind === "word") words.push(token);
    else redirections.push(...token.redirections);
    end = token.span.end;
  }
  if (token.kind === "refused") return err(token.problem);
  const [program, ...rest] = words;
  const where = span(start.span.start, end);
  if (program === undefined)
    return err(redirections.length > 0 ? onlyRedirections(where) : missingCommand(start, before));
  if (token.kind === "pipe") redirections.push(...token.redirections);
  return ok({ kind: "command", words: [program, ...rest], redirections, span: where });
};
