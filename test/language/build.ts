import { span } from "../../src/language/span.js";
import type {
  AndOr,
  Command,
  DoublePart,
  Expansion,
  List,
  Piece,
  Pipeline,
  Redirection,
  VariableName,
  Word,
} from "../../src/language/syntax.js";

/** Trees without a text: every span is empty. */
const nowhere = span(0, 0);

export const bare = (text: string): Piece => ({ kind: "bare", text, span: nowhere });
export const escaped = (text: string): Piece => ({ kind: "escaped", text, span: nowhere });
export const single = (text: string): Piece => ({ kind: "single", text, span: nowhere });
export const dollarSingle = (text: string): Piece => ({ kind: "dollar-single", text, span: nowhere });
export const variable = (name: VariableName): Expansion => ({ kind: "variable", name, span: nowhere });
export const substitution = (list: List): Expansion => ({ kind: "substitution", list, span: nowhere });

/** A string stands for text; an empty one for nothing. */
export const double = (...parts: (string | DoublePart)[]): Piece => ({
  kind: "double",
  parts: parts
    .filter((part) => part !== "")
    .map((part) => (typeof part === "string" ? { kind: "text", text: part, span: nowhere } : part)),
  span: nowhere,
});

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
  redirections: [],
  span: nowhere,
});

export const duplicate = (descriptor: 1 | 2, to: 1 | 2): Redirection => ({
  kind: "duplicate",
  descriptor,
  to,
  span: nowhere,
});
export const discard = (descriptor: 1 | 2): Redirection => ({ kind: "discard", descriptor, span: nowhere });
export const emptyInput: Redirection = { kind: "empty-input", span: nowhere };

export const redirected = (given: Command, ...redirections: Redirection[]): Command => ({ ...given, redirections });

export const pipeline = (first: Command, ...rest: Command[]): Pipeline => ({
  kind: "pipeline",
  commands: [first, ...rest],
  span: nowhere,
});

export const andOr = (first: Pipeline, ...rest: (readonly ["&&" | "||", Pipeline])[]): AndOr => ({
  kind: "and-or",
  first,
  rest: rest.map(([operator, pipeline]) => ({ operator, pipeline })),
  span: nowhere,
});

/** A pipeline stands for an AND-OR list of its own. */
export const list = (first: Pipeline | AndOr, ...rest: (Pipeline | AndOr)[]): List => ({
  kind: "list",
  items: [item(first), ...rest.map(item)],
  span: nowhere,
});

/** The same tree as if it had been built here, so that two can be compared whatever texts they come from. */
export const withoutSpans = <T>(tree: T): T =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === "span" ? nowhere : value)));

const piece = (given: string | Piece): Piece => (typeof given === "string" ? bare(given) : given);

const bareWord = (given: string | Word): Word => (typeof given === "string" ? word(given) : given);

const item = (given: Pipeline | AndOr): AndOr => (given.kind === "pipeline" ? andOr(given) : given);
