import type { Problem } from "./problem.js";
import type { Span } from "./span.js";
import type { Word } from "./syntax.js";

export type Token =
  /** `'a'b` */
  | Word
  /** `|` */
  | { readonly kind: "pipe"; readonly span: Span }
  /** an unquoted newline */
  | { readonly kind: "newline"; readonly span: Span }
  /** the text is over */
  | { readonly kind: "end"; readonly span: Span }
  /** from here on the text is not in the language; always the last token */
  | { readonly kind: "refused"; readonly problem: Problem; readonly span: Span };
