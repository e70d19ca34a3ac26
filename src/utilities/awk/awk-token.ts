/** One lexeme of an awk program; offsets count UTF-16 code units from the start of the program. */
export type AwkToken = {
  readonly kind: AwkTokenKind;
  readonly text: string;
  readonly offset: number;
  readonly end: number;
};

export type AwkTokenKind =
  /** a variable, a parameter, or a function where it is defined */
  | "name"
  /** a name with `(` directly behind it: a call of a function that the program defines */
  | "call"
  /** `substr` */
  | "builtin"
  /** `if`, `BEGIN` */
  | "keyword"
  /** `12.5e3`, `0x1F` */
  | "number"
  /** `"text"` */
  | "string"
  /** `/text/`; the parser asks for it where an operand begins */
  | "regex"
  /** `+`, `{` */
  | "operator"
  /** the end of a line */
  | "newline"
  /** after the last */
  | "end";
