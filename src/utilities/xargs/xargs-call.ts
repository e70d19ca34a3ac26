/** A call of xargs as it was read: how its input is divided, and how many runs of the command at once. */
export type XargsCall = {
  /** What parts the items. */
  readonly separator: /** blanks and newlines, with quotes and backslashes (POSIX, xargs) */
    | { readonly kind: "words" }
    /** newlines, with quotes and backslashes, as with `-I` */
    | { readonly kind: "lines" }
    /** one character, with which each item ends and which nothing quotes: `-d`, `-0` */
    | { readonly kind: "character"; readonly character: string };
  /** `-I`: what an item takes the place of in the command's words. */
  readonly replace: string | undefined;
  /** `-n`: the most items of one run. */
  readonly maxItems: number | undefined;
  /** `-L`: the most lines of one run. */
  readonly maxLines: number | undefined;
  /** `-P`: runs at once; 0 is as many as may. */
  readonly parallel: number;
  /** `-r`: no run where there is no item. */
  readonly skipsEmpty: boolean;
  /** `-t`: each command is told on the error stream. */
  readonly traces: boolean;
  /** Index of the command's first word in the argv; undefined where there is none, which means `echo`. */
  readonly command: number | undefined;
};
