import type { Result } from "../../language/result.js";
import { type AwkProblem, notUnderstood } from "./awk-problem.js";
import type { AwkToken } from "./awk-token.js";
import { misplaced } from "./misplaced.js";
import { readAwkRegex } from "./read-awk-regex.js";
import { readAwkToken } from "./read-awk-token.js";

/** A place in a program, and what was met up to there. */
export type AwkReader = {
  readonly program: string;
  /** What the expression that was read last is. */
  shape: AwkShape;
  /** Where the statement stands that is read. */
  place: AwkPlace;
  /** Loops around the statement, and `switch`es. */
  loops: number;
  switches: number;
  /** Where the arguments of the `print` begin that is read. */
  printing: number | undefined;
  readonly names: AwkNames;
  peek(): AwkToken;
  /** Where the token ended that was taken last. */
  end(): number;
  take(): AwkProblem | undefined;
  expect(text: string): AwkProblem | undefined;
  /** Takes ends of lines, as many as there are. */
  takeLines(): AwkProblem | undefined;
  /** Takes the next token and the lines behind it, as gawk does for `&&`, `||`, `?` and `:` when it looks for tokens. */
  takeAndWrap(): AwkProblem | undefined;
  /** Takes the regular expression that the next token begins. */
  takeRegex(): AwkProblem | undefined;
  /** Takes `print`, and counts parentheses from here on. */
  takePrint(): AwkProblem | undefined;
  /** Whether `>` would redirect: a `print` is read, and all its parentheses are closed (`in_print` and `in_parens` in gawk). */
  redirects(): boolean;
  /** Reads one level further inside. */
  within(read: AwkRead): AwkProblem | undefined;
};

/** Reads one production; `undefined` says that it was there. */
export type AwkRead = (reader: AwkReader) => AwkProblem | undefined;

export type AwkShape =
  /** a variable, an element or a field, which may be assigned to */
  | "place"
  /** such a place with `++` or `--` */
  | "step"
  /** `"text"` */
  | "string"
  | "regex"
  | "getline"
  /** `(a, b)` */
  | "group"
  | "value";

export type AwkPlace = "BEGIN" | "END" | "BEGINFILE" | "ENDFILE" | "rule" | "function";

/** Names, each with the offset where it was met first. */
export type AwkNames = Readonly<Record<"functions" | "parameters" | "variables" | "calls", Map<string, number>>>;

/** Begins before the first token; `take` reads it. */
export const awkReader = (program: string): AwkReader => {
  let token: AwkToken = { kind: "newline", text: "", offset: 0, end: 0 };
  let end = 0;
  let depth = 0;
  let parentheses = 0;
  const settle = (next: Result<AwkToken, AwkProblem>) => {
    if (!next.ok) return next.error;
    token = next.value;
    return undefined;
  };
  const takeUpTo = (from: number) => {
    if (token.text === "(") parentheses++;
    if (token.text === ")") parentheses--;
    end = token.end;
    return settle(readAwkToken(program, from));
  };
  const reader: AwkReader = {
    program,
    shape: "value",
    place: "rule",
    loops: 0,
    switches: 0,
    printing: undefined,
    names: { functions: new Map(), parameters: new Map(), variables: new Map(), calls: new Map() },
    peek: () => token,
    end: () => end,
    take: () => takeUpTo(token.end),
    expect: (text) => (token.text === text ? reader.take() : misplaced(reader, text)),
    takeLines: () => {
      let problem: AwkProblem | undefined;
      while (problem === undefined && token.kind === "newline") problem = reader.take();
      return problem;
    },
    takeAndWrap: () => takeUpTo(wrapEnd(program, token.end)),
    takeRegex: () => settle(readAwkRegex(program, token.offset)) ?? reader.take(),
    takePrint: () => {
      const problem = reader.take();
      parentheses = 0;
      reader.printing = token.offset;
      return problem;
    },
    redirects: () => reader.printing !== undefined && parentheses === 0,
    within: (read) => {
      if (depth === MAX_DEPTH) return tooDeep(token);
      depth++;
      const problem = read(reader);
      depth--;
      return problem;
    },
  };
  return reader;
};

// wrap = { blank | [ comment ] , newline } , gap ;
const wrapEnd = (program: string, offset: number): number => {
  WRAP.lastIndex = offset;
  return offset + (WRAP.exec(program)?.[0].length ?? 0);
};

const WRAP = /(?:[ \t\n]+|#[^\n]*\n)+/y;

/** Programs that people write stay below thirty. */
const MAX_DEPTH = 200;

const tooDeep = ({ offset }: AwkToken): AwkProblem =>
  notUnderstood(
    `the awk program is nested more than ${MAX_DEPTH} levels deep`,
    "split it into several statements or functions",
    offset,
  );
