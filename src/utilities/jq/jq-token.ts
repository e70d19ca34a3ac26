/** One lexeme of a jq program; `offset` counts UTF-16 code units from the start of the program. */
export type JqToken = { readonly kind: JqTokenKind; readonly text: string; readonly offset: number };

export type JqTokenKind =
  /** `map`, `if`, `env`: a function, a keyword or an object key */
  | "name"
  /** `.env`: data, whatever the name is */
  | "field"
  /** `$name` */
  | "variable"
  /** `12.5e3` */
  | "number"
  /** `@base64` */
  | "format"
  /** `(`, `[`, `{`, `"` or the `\(` that starts code inside a string */
  | "open"
  /** what ends the innermost open one */
  | "close"
  /** anything else, `..` and `?//` included */
  | "operator"
  /** after the last */
  | "end";
