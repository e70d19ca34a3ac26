import { span } from "../../src/language/span.js";
import type { Command, Piece, Pipeline, Word } from "../../src/language/syntax.js";

/** Trees without a text: every span is empty. */
const nowhere = span(0, 0);

export const bare = (text: string): Piece => ({ kind: "bare", text, span: nowhere });
export const escaped = (text: string): Piece => ({ kind: "escaped", text, span: nowhere });
export const single = (text: string): Piece => ({ kind: "single", text, span: nowhere });
export const double = (text: string): Piece => ({ kind: "double", text, span: nowhere });

/** A string stands for a bare piece. */
export const word = (first: string | Piece, ...rest: (string | Piece)[]): Word => ({
  kind: "word",
  pieces: [piece(first), ...rest.map(piece)],
  span: nowhere,
});

/** A string stands for a bare word. */
export const command = (first: string | Word, ...rest: (string | Word)[]): Command => ({
  kind: "command",
  words: [bareWord(first), ...rest.map(bareWord)],
  span: nowhere,
});

export const pipeline = (first: Command, ...rest: Command[]): Pipeline => ({
  kind: "pipeline",
  commands: [first, ...rest],
  span: nowhere,
});

/** The same tree as if it had been built here, so that two can be compared whatever texts they come from. */
export const withoutSpans = ({ commands: [first, ...rest] }: Pipeline): Pipeline =>
  pipeline(commandWithoutSpans(first), ...rest.map(commandWithoutSpans));

const commandWithoutSpans = ({ words: [first, ...rest] }: Command): Command =>
  command(wordWithoutSpans(first), ...rest.map(wordWithoutSpans));

const wordWithoutSpans = ({ pieces: [first, ...rest] }: Word): Word =>
  word({ ...first, span: nowhere }, ...rest.map((each) => ({ ...each, span: nowhere })));

const piece = (given: string | Piece): Piece => (typeof given === "string" ? bare(given) : given);

const bareWord = (given: string | Word): Word => (typeof given === "string" ? word(given) : given);
