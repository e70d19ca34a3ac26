import { type AwkProblem, notUnderstood } from "./awk-problem.js";
import type { AwkNames } from "./awk-reader.js";

/** What only the whole program tells: every function that is called is there, and the names of functions are used for nothing else. */
export const checkNames = ({ functions, parameters, variables, calls }: AwkNames): AwkProblem | undefined => {
  for (const [name, offset] of calls) if (!functions.has(name)) return unknownFunction(name, offset);
  for (const [name] of functions) {
    const offset = parameters.get(name) ?? variables.get(name);
    if (offset !== undefined) return usedTwice(name, offset);
  }
  return undefined;
};

const unknownFunction = (name: string, offset: number): AwkProblem =>
  notUnderstood(
    `\`${name}\` is not a function of awk, and the program does not define it`,
    `define it with \`function ${name}(…) {…}\`; a text is joined to a variable with a blank between them`,
    offset,
  );

const usedTwice = (name: string, offset: number): AwkProblem =>
  notUnderstood(
    `\`${name}\` is a function of the awk program and used as a variable too`,
    `call it as \`${name}(…)\`, without a blank before the parenthesis, or give the variable another name`,
    offset,
  );
