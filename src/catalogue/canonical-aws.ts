import type { AwsCommand, AwsOption } from "./aws-command.js";

/**
 * The one spelling of an aws stage that runs: names, the operation's options in the user's order (one value as
 * `--name=value`, several as words), operands, global options last. `--profile` is not in it: it is the stage's identity.
 */
export const canonicalAws = (command: AwsCommand): readonly string[] => {
  switch (command.kind) {
    case "version":
      return ["aws", "--version"];
    case "help":
      return ["aws", ...command.words];
    case "operation":
      return [
        "aws",
        command.service.text,
        command.operation.text,
        ...command.options.flatMap(optionWords),
        ...command.operands.map((operand) => operand.text),
        ...command.globals.filter((global) => global.option.floor !== "profile").flatMap(optionWords),
      ];
  }
};

/** The profile that the command names, if it does. */
export const profileOf = (command: AwsCommand): string | undefined =>
  command.kind === "operation"
    ? command.globals.find((global) => global.option.floor === "profile")?.values[0]?.text
    : undefined;

const optionWords = (option: AwsOption): readonly string[] => {
  const [first, ...more] = option.values.map((value) => value.text);
  if (first === undefined) return [`--${option.name}`];
  return more.length === 0 ? [`--${option.name}=${first}`] : [`--${option.name}`, first, ...more];
};
