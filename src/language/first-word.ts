import type { Problem } from "./problem.js";
import type { Word } from "./syntax.js";
import { inBackticks } from "./visible.js";

/** What is wrong with a word as the name of a program; quoting any part of it takes the shell's meaning away. */
export const refuseFirstWord = (word: Word): Problem | undefined => {
  const [piece] = word.pieces;
  if (piece.kind !== "bare") return undefined;
  const assigned = ASSIGNMENT.exec(piece.text)?.[1];
  if (assigned !== undefined) return assignment(word, assigned);
  return word.pieces.length === 1 && RESERVED.has(piece.text) ? reservedWord(word, piece.text) : undefined;
};

// assignment = ( letter | "_" ) , { letter | digit | "_" | join } , [ "+" , { join } ] , "=" , rest ;
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)\+?=/;

// reserved in the grammar
const RESERVED: ReadonlySet<string> = new Set([
  ...["!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while"],
  ...["[[", "function", "select", "time", "coproc"],
]);

const assignment = (word: Word, name: string): Problem => ({
  code: "assignment",
  message: `${inBackticks(name)} can not be set in front of a command`,
  hint: "write the command alone; `aws` takes options instead: `aws s3 ls --profile dev --region eu-west-1`",
  span: word.span,
});

const reservedWord = (word: Word, text: string): Problem => ({
  code: "reserved-word",
  message: `${inBackticks(text)} is a word of the shell's language, not a program`,
  hint: HINTS.get(text) ?? "send one plain pipeline per call, without control structures: `aws s3 ls | sort`",
  span: word.span,
});

const HINTS: ReadonlyMap<string, string> = new Map([
  ["time", "leave it out, the answer says how long each stage took: `aws s3 ls | sort`"],
  ["!", "leave it out, the answer has every exit code: `grep -c error`"],
]);
