import type { Problem } from "./problem.js";
import type { Span } from "./span.js";
import type { Redirection, Word } from "./syntax.js";

export type Token =
  /** `'a'b` */
  | Word
  /** `2>&1`, and `&>/dev/null`, which is two */
  | { readonly kind: "redirection"; readonly redirections: readonly Redirection[]; readonly span: Span }
  /** `|`, and `|&`, which redirects what stands before it */
  | { readonly kind: "pipe"; readonly redirections: readonly Redirection[]; readonly span: Span }
  /** `&&`, `||` */
  | { readonly kind: "and-or"; readonly operator: "&&" | "||"; readonly span: Span }
  /** `;` */
  | { readonly kind: "semicolon"; readonly span: Span }
  /** an unquoted newline */
  | { readonly kind: "newline"; readonly span: Span }
  /** the `)` of a substitution */
  | { readonly kind: "close"; readonly span: Span }
  /** the text is over */
  | { readonly kind: "end"; readonly span: Span }
  /** from here on the text is not in the language */
  | { readonly kind: "refused"; readonly problem: Problem; readonly span: Span };
