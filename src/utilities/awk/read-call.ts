import { type AwkProblem, notUnderstood } from "./awk-problem.js";
import type { AwkRead, AwkReader, AwkShape } from "./awk-reader.js";
import { type Arity, BUILTINS } from "./awk-words.js";
import { misplaced } from "./misplaced.js";
import { readExpression } from "./read-expression.js";

// call = name , "(" , gap , [ list ] , ')' ;
export const readCall: AwkRead = (reader) => {
  const { text, offset } = reader.peek();
  if (!reader.names.calls.has(text)) reader.names.calls.set(text, offset);
  const problem = reader.take() ?? readArguments(reader, []);
  reader.shape = "value";
  return problem;
};

// builtin = none , gap , '(' , ')' | one , gap , '(' , expression , ')'
export const readBuiltin: AwkRead = (reader) => {
  const { text, offset } = reader.peek();
  const arity = BUILTINS.get(text);
  if (arity === undefined) return misplaced(reader);
  const problem = reader.take();
  if (problem) return problem;
  const shapes: AwkShape[] = [];
  // `length` stands for `length($0)`, and a slash behind it divides.
  const alone = text === "length" && reader.peek().text !== "(";
  const unread = alone ? undefined : readArguments(reader, shapes);
  reader.shape = "value";
  return unread ?? (alone ? undefined : wrongArguments(text, arity, shapes, offset));
};

/** Tells in `shapes` what the arguments are. */
const readArguments = (reader: AwkReader, shapes: AwkShape[]): AwkProblem | undefined => {
  let problem = reader.expect("(");
  if (problem !== undefined || reader.peek().text === ")") return problem ?? reader.expect(")");
  problem = readArgument(reader, shapes);
  while (problem === undefined && reader.peek().text === ",")
    problem = reader.take() ?? reader.takeLines() ?? readArgument(reader, shapes);
  return problem ?? reader.expect(")");
};

const readArgument = (reader: AwkReader, shapes: AwkShape[]): AwkProblem | undefined => {
  const problem = readExpression(reader);
  shapes.push(reader.shape);
  return problem;
};

const wrongArguments = (
  name: string,
  { least, most }: Arity,
  shapes: readonly AwkShape[],
  offset: number,
): AwkProblem | undefined => {
  if (shapes.length < least || shapes.length > most) {
    const message = `\`${name}\` in an awk program does not take ${shapes.length} arguments`;
    return notUnderstood(message, least === most ? `write ${least}` : `write at least ${least}`, offset);
  }
  if (SUBSTITUTES.has(name) && !CHANGED.has(shapes[2] ?? "place")) {
    const message = `the third argument of \`${name}\` in an awk program is changed, and must be a variable or a field`;
    return notUnderstood(message, "put the text into a variable first", offset);
  }
  if (name === "index" && shapes[1] === "regex") {
    return notUnderstood("`index` in an awk program looks for a text", "write `match(text, /…/)`", offset);
  }
  return undefined;
};

const SUBSTITUTES: ReadonlySet<string> = new Set(["sub", "gsub"]);
const CHANGED: ReadonlySet<string> = new Set(["place", "string"]);
