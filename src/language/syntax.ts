import type { Span } from "./span.js";

/** `a | b && c; d`: AND-OR lists, one after the other; a newline parts them like a semicolon (POSIX, 2.9.3 "Lists"). */
export type List = {
  readonly kind: "list";
  readonly items: readonly [AndOr, ...AndOr[]];
  readonly span: Span;
};

/** `a && b || c`: read from left to right, both operators with the same precedence. */
export type AndOr = {
  readonly kind: "and-or";
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly pipeline: Pipeline }[];
  readonly span: Span;
};

/** `aws s3 ls | sort` */
export type Pipeline = {
  readonly kind: "pipeline";
  readonly commands: readonly [Command, ...Command[]];
  readonly span: Span;
};

/** `sort -r 2>/dev/null`: redirections stand anywhere among the words and count in their order. */
export type Command = {
  readonly kind: "command";
  readonly words: readonly [Word, ...Word[]];
  readonly redirections: readonly Redirection[];
  readonly span: Span;
};

export type Redirection =
  /** `2>&1`: writes to where the other one leads now; `|&` is one at the end of its command */
  | { readonly kind: "duplicate"; readonly descriptor: 1 | 2; readonly to: 1 | 2; readonly span: Span }
  /** `2>/dev/null`; `&>/dev/null` is two */
  | { readonly kind: "discard"; readonly descriptor: 1 | 2; readonly span: Span }
  /** `</dev/null` */
  | { readonly kind: "empty-input"; readonly span: Span };

/** `a'b c'"d"`: one argument as written. */
export type Word = { readonly kind: "word"; readonly pieces: readonly [Piece, ...Piece[]]; readonly span: Span };

export type Piece =
  /** `abc`; without the continuations (backslash, newline) that stood in it */
  | { readonly kind: "bare"; readonly text: string; readonly span: Span }
  /** `\x`; `text` is the character without its backslash (a surrogate pair counts as one) */
  | { readonly kind: "escaped"; readonly text: string; readonly span: Span }
  /** `'a b'` */
  | { readonly kind: "single"; readonly text: string; readonly span: Span }
  /** `$'a\tb'`; `text` is the value, its escapes resolved (POSIX.1-2024, 2.2.4 "Dollar-Single-Quotes") */
  | { readonly kind: "dollar-single"; readonly text: string; readonly span: Span }
  /** `"a \" b"`; no two texts stand side by side */
  | { readonly kind: "double"; readonly parts: readonly DoublePart[]; readonly span: Span }
  | Expansion;

/** What stands between double quotes. */
export type DoublePart =
  /** `text` is the value, its backslashes resolved */
  { readonly kind: "text"; readonly text: string; readonly span: Span } | Expansion;

/** What another text takes the place of. */
export type Expansion =
  /** `$AWS_REGION`, `${AWS_REGION}` */
  | { readonly kind: "variable"; readonly name: VariableName; readonly span: Span }
  /** `$(aws configure list-profiles)` */
  | { readonly kind: "substitution"; readonly list: List; readonly span: Span };

/** The variables that there are. */
export const VARIABLES = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"] as const;

export type VariableName = (typeof VARIABLES)[number];
