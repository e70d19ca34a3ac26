import { type AwkProblem, notUnderstood } from "./awk-problem.js";
import type { AwkPlace, AwkReader } from "./awk-reader.js";
import { misplaced } from "./misplaced.js";
import { readExpression } from "./read-expression.js";

// jump = ( "break" | "continue" | "next" | "nextfile" ) , gap | ( "exit" | "return" ) , join , gap , [ expression ] ;
export const readJump = (reader: AwkReader, text: string): AwkProblem | undefined => {
  const { offset } = reader.peek();
  const allowed = JUMPS.get(text);
  if (allowed === undefined) return misplaced(reader);
  if (!allowed(reader)) {
    const message = `\`${text}\` cannot stand at this place of the awk program`;
    return notUnderstood(
      message,
      "`break` and `continue` stand in loops, `next` in rules, `return` in functions",
      offset,
    );
  }
  return reader.take() ?? (text === "exit" || text === "return" ? readResult(reader) : undefined);
};

const inPlaces =
  (...places: readonly AwkPlace[]) =>
  ({ place }: AwkReader): boolean =>
    places.includes(place);

const JUMPS: ReadonlyMap<string, (reader: AwkReader) => boolean> = new Map([
  ["break", ({ loops, switches }) => loops + switches > 0],
  ["continue", ({ loops }) => loops > 0],
  ["next", inPlaces("rule", "function")],
  ["nextfile", inPlaces("rule", "function", "BEGINFILE")],
  ["exit", () => true],
  ["return", inPlaces("function")],
]);

const readResult = (reader: AwkReader): AwkProblem | undefined => {
  const { kind, text } = reader.peek();
  return kind === "newline" || text === ";" || text === "}" ? undefined : readExpression(reader);
};
