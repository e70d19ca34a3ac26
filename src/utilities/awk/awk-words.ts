const words = (text: string): readonly string[] => text.split(" ");

/** The words of gawk's table of tokens that are no functions; those that count only behind `@` are names (`awkgram.y`, `tokentab`). */
export const KEYWORDS: ReadonlySet<string> = new Set(
  words(
    "BEGIN BEGINFILE END ENDFILE break case continue default delete do else exit for func function getline if in next nextfile " +
      "print printf return switch while",
  ),
);

/** How many arguments a function of gawk takes. */
export type Arity = { readonly least: number; readonly most: number };

const ARITIES: readonly (readonly [least: number, most: number, names: string])[] = [
  [0, 0, "rand systime"],
  [0, 1, "fflush length srand"],
  [0, 3, "strftime"],
  [1, 1, "compl cos exp int isarray log sin sqrt strtonum tolower toupper typeof"],
  [1, 2, "close mktime"],
  [1, 3, "asort asorti"],
  [1, Number.POSITIVE_INFINITY, "sprintf"],
  [2, 2, "atan2 index lshift rshift"],
  [2, 3, "gsub match sub substr"],
  [2, 4, "patsplit split"],
  [2, Number.POSITIVE_INFINITY, "and or xor"],
  [3, 4, "gensub"],
];

/**
 * The functions of gawk 5.1 to 5.3 that touch nothing but their arguments, the clock and the output. `close` and `fflush` act on
 * redirections that are open, and a program here opens none. `asort` and `asorti` may call a function by its name, but only one that
 * the program defines (`array.c`, `assoc_list`).
 */
export const BUILTINS: ReadonlyMap<string, Arity> = new Map(
  ARITIES.flatMap(([least, most, names]) => words(names).map((name) => [name, { least, most }] as const)),
);

/** Variables that gawk keeps for itself, less those that are refused; they are no functions and no parameters. */
export const SPECIAL_VARIABLES: ReadonlySet<string> = new Set(
  words(
    "ARGIND BINMODE CONVFMT ERRNO FIELDWIDTHS FILENAME FNR FPAT FS IGNORECASE LINT NF NR OFMT OFS ORS PREC RLENGTH ROUNDMODE RS " +
      "RSTART RT SUBSEP",
  ),
);
