import { builtinHint, reservedHint } from "./first-word-hints.js";
import type { Problem } from "./problem.js";
import type { Span } from "./span.js";
import type { Piece, Word } from "./syntax.js";
import { inBackticks } from "./visible.js";

// program = literal - ( reserved | builtin | assignment | option | "$" ) ;
/** What is wrong with a word as the name of a program; quoting any part of it takes the shell's meaning away. */
export const refuseFirstWord = (word: Word): Problem | undefined => {
  const [piece] = word.pieces;
  if (piece.kind !== "bare") return undefined;
  const assigned = refuseAssignment(word.pieces, word.span);
  if (assigned !== undefined) return assigned;
  if (piece.text.startsWith("-")) return leadingOption(piece.text, word.span);
  return word.pieces.length === 1 ? refuseName(piece.text, word.span) : undefined;
};

// assignment = ( letter | "_" ) , { letter | digit | "_" | join } , [ "+" , { join } ] , "=" , rest ;
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)\+?=/;

/** What is wrong with a first word, read up to the end of the span, that sets a variable; its value may be anything. */
export const refuseAssignment = ([piece]: readonly [Piece, ...Piece[]], where: Span): Problem | undefined => {
  const name = piece.kind === "bare" ? ASSIGNMENT.exec(piece.text)?.[1] : undefined;
  return name === undefined ? undefined : assignment(name, where);
};

const refuseName = (text: string, where: Span): Problem | undefined => {
  if (text === "$") return prompt(where);
  const reserved = reservedHint(text);
  if (reserved !== undefined) return reservedWord(text, reserved, where);
  const builtin = builtinHint(text);
  return builtin === undefined ? undefined : shellBuiltin(text, builtin, where);
};

const assignment = (name: string, where: Span): Problem => ({
  code: "assignment",
  message: `${inBackticks(name)} can not be set, there are no variables of your own`,
  hint: "settings are options, such as --profile and --region: `aws s3 ls --region eu-west-1`; the output of a command is written where it is needed: `aws ec2 describe-instances --instance-ids $(cat ids.txt)`",
  span: where,
});

const leadingOption = (text: string, where: Span): Problem => ({
  code: "leading-option",
  message: `${inBackticks(text)} stands where the name of a program must stand`,
  hint: "write the command on one line: `aws s3 ls --recursive`, or end each line but the last with a backslash",
  span: where,
});

const prompt = (where: Span): Problem => ({
  code: "prompt",
  message: "`$` is no program; as a prompt it may stand only before the first command",
  hint: "leave it out and join commands with semicolons: `date; aws s3 ls`",
  span: where,
});

const reservedWord = (text: string, hint: string, where: Span): Problem => ({
  code: "reserved-word",
  message: `${inBackticks(text)} is a word of the shell's language, not a program`,
  hint,
  span: where,
});

const shellBuiltin = (text: string, hint: string, where: Span): Problem => ({
  code: "shell-builtin",
  message: `${inBackticks(text)} changes a shell, and there is none here`,
  hint,
  span: where,
});
