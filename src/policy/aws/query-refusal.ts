import { compile } from "jmespath";
import type { AwsOperation, AwsRefusal } from "../../catalogue/command/command.js";

/**
 * Compiles `--query` before anything runs: the CLI would call AWS first and then say that the expression is wrong.
 *
 * Problems: `aws-query`.
 */
export const queryRefusal = (command: AwsOperation): AwsRefusal | undefined => {
  const given = command.globals.find(({ option }) => option.name === "query");
  const word = given?.words[0];
  if (given === undefined || word === undefined) return undefined;
  try {
    compile(word.text);
    return undefined;
  } catch (cause) {
    // The library's own parser stumbles over some texts with a TypeError, whose message says nothing of the text.
    const says =
      cause instanceof Error && !(cause instanceof TypeError)
        ? cause.message.replace(/\s+/g, " ")
        : "an operator or an operand is out of place";
    return {
      code: "aws-query",
      message: `\`--query\` is no JMESPath expression: ${says.slice(0, 1).toLowerCase()}${says.slice(1)}`,
      hint: "literals stand in backticks, strings in single quotes inside double ones, as in `--query \"Reservations[].Instances[?State.Name=='running'].InstanceId\"`",
      argument: word.argument,
      part: faultyPart(says, word.text),
    };
  }
};

// The library names the character or the token that it did not expect, not its place; where it stands once, that is it.
const faultyPart = (says: string, query: string): string | undefined => {
  const named =
    /Unknown character:(.)/.exec(says)?.[1] ?? /\): "(.+)"$/.exec(says)?.[1] ?? /got: (\w+)/.exec(says)?.[1];
  return named !== undefined && query.split(named).length === 2 ? named : undefined;
};
