import { type JqProblem, notUnderstood, quoted } from "./jq-problem.js";
import type { JqToken } from "./jq-token.js";
import { misplaced } from "./misplaced.js";

/** A place in the tokens of a program, and the names that were met up to there. */
export type JqTokenReader = {
  /** What is called, defined or bound, and every variable. */
  readonly names: readonly JqToken[];
  peek(): JqToken;
  advance(): JqToken;
  /** Whether the text was next; it is read then. */
  take(text: string): boolean;
  takeOneOf(texts: ReadonlySet<string>): boolean;
  expect(text: string): JqProblem | undefined;
  /** Reads one name or variable that counts. */
  name(kind: "name" | "variable"): JqProblem | undefined;
  /** Reads one level further inside. */
  within(read: JqRead): JqProblem | undefined;
};

/** Reads one production; `undefined` says that it was there. */
export type JqRead = (reader: JqTokenReader) => JqProblem | undefined;

export const jqTokenReader = (tokens: readonly JqToken[]): JqTokenReader => {
  const names: JqToken[] = [];
  let at = 0;
  let depth = 0;
  const peek = (): JqToken => {
    const token = tokens[at];
    // INVARIANT: the last token is `end`, and `advance` stays there.
    if (token === undefined) throw new Error("a jq program was read past its end");
    return token;
  };
  const advance = (): JqToken => {
    const token = peek();
    if (token.kind !== "end") at++;
    return token;
  };
  const takeOneOf = (texts: ReadonlySet<string>) => texts.has(peek().text) && advance().kind !== "end";
  const take = (text: string) => peek().text === text && advance().kind !== "end";
  const name = (kind: "name" | "variable") => {
    if (peek().kind !== kind) return misplaced(peek());
    names.push(advance());
    return undefined;
  };
  const within = (read: JqRead) => {
    if (depth === MAX_DEPTH) return tooDeep(peek());
    depth++;
    const problem = read(reader);
    depth--;
    return problem;
  };
  const expect = (text: string) => (take(text) ? undefined : otherExpected(peek(), text));
  const reader: JqTokenReader = { names, peek, advance, take, takeOneOf, expect, name, within };
  return reader;
};

/** Reads a token that says all by being there. */
export const skipToken: JqRead = (reader) => {
  reader.advance();
  return undefined;
};

/** jq itself goes on to some thousand; programs that people write stay below thirty. */
const MAX_DEPTH = 200;

const tooDeep = ({ offset }: JqToken): JqProblem =>
  notUnderstood(
    `the jq program is nested more than ${MAX_DEPTH} levels deep`,
    "join filters with `|`, which nests nothing",
    offset,
  );

const otherExpected = (found: JqToken, text: string): JqProblem =>
  found.kind === "end"
    ? notUnderstood(`the jq program ends where \`${text}\` is expected`, `go on with \`${text}\``, found.offset)
    : notUnderstood(
        `${quoted(found.text)} stands where \`${text}\` is expected in the jq program`,
        `write \`${text}\` there`,
        found.offset,
      );
