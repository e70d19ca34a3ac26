/** One kind of value, as `grammar/utilities/*.yaml` names it. */
export type ValueKind =
  /** any text */
  | { readonly kind: "text" }
  /** a regular expression of the utility's own dialect; bounded by the deadline, not by us */
  | { readonly kind: "regex" }
  /** decimal digits, with one of the characters of `sign` before them where it is given */
  | { readonly kind: "integer"; readonly min: number; readonly max: number; readonly sign: string }
  /** a coreutils count: an integer with a multiplier such as `K`, `kB` or `MiB` (info coreutils, "Block size") */
  | { readonly kind: "count"; readonly sign: string }
  /** a buffer size: digits and one of `b K M G`, K where there is none; the bounds are bytes (info coreutils, "sort -S") */
  | { readonly kind: "size"; readonly min: number; readonly max: number }
  /** one of the words; words of one row mean the same; `abbreviated` where the utility accepts unique prefixes (gnulib argmatch) */
  | { readonly kind: "one-of"; readonly of: readonly (readonly [string, ...string[]])[]; readonly abbreviated: boolean }
  /** text of a given shape: `pattern` is a JavaScript expression for the whole value, `is` says it in words */
  | { readonly kind: "shape"; readonly is: string; readonly pattern: string; readonly hint: string }
  /** a jq filter */
  | { readonly kind: "jq-program" }
  /** a sed script */
  | { readonly kind: "sed-script" }
  /** an awk program */
  | { readonly kind: "awk-program" }
  | FileKind;

/** A file that an operand names. */
export type FileKind =
  /** a file below the workspace, or `-` for standard input where the utility knows it */
  | { readonly kind: "workspace-file"; readonly stdin?: false | undefined }
  /** a file or a folder of the workspace, or the workspace itself */
  | { readonly kind: "workspace-folder" }
  /** a file of the workspace that the utility makes */
  | { readonly kind: "workspace-output" };

/** Every kind but files, which only operands are. */
export type PlainKind = Exclude<ValueKind, FileKind>;

export type UtilityOption = {
  /** Full names; the first is the one that is written out. */
  readonly long: readonly string[];
  readonly short: readonly string[];
  /** None for a flag; two for `--arg NAME VALUE`. */
  readonly values: readonly PlainKind[];
  /** The value may be missing, and then is never the next word. */
  readonly optional: boolean;
  /** Later operands are plain text, as after `--args`. */
  readonly turns: boolean;
  /** Given again, its values are one text, joined by newlines, as sed does with `-e`. */
  readonly joins: boolean;
  /** Full name of an option that must be given too, as `shuf --repeat` never ends without `--head-count`. */
  readonly needs?: string;
  /** Known, and refused for this reason. */
  readonly refuse?: string;
  /** What to write instead of an option that is refused, or that lacks the one it needs. */
  readonly hint?: string;
};

export type UtilityOperand = {
  readonly name: string;
  readonly value: ValueKind;
  readonly optional: boolean;
  readonly many: boolean;
  /** Stands in where the operand is missing. */
  readonly default?: string;
  /** The slot is not there when one of these options is given. */
  readonly unless: readonly string[];
  /** The slot is there only when one of these options is given. */
  readonly when?: readonly string[];
  /** What to write instead of a word that begins with `+`, which old versions read as an option. */
  readonly plus?: string;
  /** What to write instead of a word such as `name=value`, which the utility reads as an assignment. */
  readonly equals?: string;
  /** What to write when the operand is missing or there are too many. */
  readonly hint?: string;
};

/**
 * `gnu`: getopt_long(3). `exact`: jq's own reader. `echo`: leading words of `n`, `e`, `E` only. `predicates`: operands, then an
 * expression as find(1) reads one. `dash`: full names behind one dash, as xxd reads them. `plain`: operands, as printf(1) reads them.
 */
type UtilitySyntax = "gnu" | "exact" | "echo" | "predicates" | "dash" | "plain";

/** `-5`: an option whose value is its own name. `first` and `alone` are the places that head and tail insist on. */
type NumberOption = { readonly option: string; readonly place: "anywhere" | "first" | "alone" };

export type UtilityGrammar = {
  readonly name: string;
  /** The name in argv[0], `grep` for `egrep`. */
  readonly runs: string;
  readonly paths: readonly [string, ...string[]];
  readonly syntax: UtilitySyntax;
  /** The first operand ends the options (a `+` in the utility's getopt string). */
  readonly strictOrder: boolean;
  /** `--` may stand between options and operands. */
  readonly terminator: boolean;
  readonly number?: NumberOption;
  /** A word such as `-5` or `-.5` is the first operand, as seq reads it. */
  readonly negatives: boolean;
  /** Words that begin with `@` name files that hold further words, so they are refused (libiberty, `expandargv`). */
  readonly responseFiles: boolean;
  /** Absolute paths of files and folders that the program reads besides its libraries; what is not there is left out. */
  readonly reads: readonly string[];
  /** Full names of flags that the engine adds before the user's. */
  readonly adds: readonly string[];
  /** What does not fit into memory is put into a temporary folder, which goes with the run. */
  readonly scratch: boolean;
  readonly options: readonly UtilityOption[];
  readonly operands: readonly UtilityOperand[];
};

/** What the build writes and `loadCompiled` reads: plain data. */
export type GrammarData = {
  readonly utilities: readonly UtilityGrammar[];
  /** Well-known names that are refused, each with the way that works here. */
  readonly refused: Readonly<Record<string, string>>;
};

/** A grammar with its look-up tables. */
export type Utility = {
  readonly grammar: UtilityGrammar;
  readonly long: ReadonlyMap<string, UtilityOption>;
  readonly longNames: readonly string[];
  readonly short: ReadonlyMap<string, UtilityOption>;
  readonly adds: readonly UtilityOption[];
  readonly number?: UtilityOption;
};

/** Every grammar, ready to match with; `indexGrammars` makes it. */
export type UtilityGrammars = {
  readonly utilities: ReadonlyMap<string, Utility>;
  readonly refused: ReadonlyMap<string, string>;
};
