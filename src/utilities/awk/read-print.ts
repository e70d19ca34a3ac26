import type { AwkProblem } from "./awk-problem.js";
import type { AwkRead, AwkReader } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readList } from "./read-expression.js";

/** `print` or `printf` */
export const isPrint = (text: string): boolean => text.startsWith("print");

// INVARIANT: nothing is redirected. gawk takes `>` for a redirection only between `print` and the end of its statement, while no
// parenthesis is open (`in_print` and `in_parens` in awkgram.y); what has another sign is refused among the tokens.
// print = ( "print" | "printf" ) , join , gap , ( list | group ) | "print" , gap ;
export const readPrint: AwkRead = (reader) => {
  const alone = isAlone(reader.peek().text);
  const problem =
    reader.takePrint() ?? (alone && endsPrint(reader) ? undefined : readList(reader)) ?? afterPrint(reader);
  reader.printing = undefined;
  return problem;
};

/** `print` prints the record, `printf` wants a format. */
const isAlone = (text: string): boolean => !text.endsWith("f");

/** Looks while `>` still redirects, so that the refusal says so. */
const afterPrint = (reader: AwkReader): AwkProblem | undefined => (endsPrint(reader) ? undefined : misplaced(reader));

export const endsPrint = (reader: AwkReader): boolean => {
  const { kind, text } = reader.peek();
  return kind === "newline" || text === ";" || text === "}";
};
