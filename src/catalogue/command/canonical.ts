import type { AwsCommand, GivenOption } from "./command.js";

/**
 * The one spelling of an aws stage that runs: full names, operands first, the operation's options in the user's order
 * (scalars `--name=value`, lists `--name value value`, flags bare), global options last. `--profile` is not in it: it is
 * the stage's identity.
 */
export const canonicalArgv = (command: AwsCommand): readonly [string, ...string[]] => {
  switch (command.kind) {
    case "version":
      return ["aws", "--version"];
    case "help":
      return ["aws", ...command.words];
    case "operation":
      return [
        "aws",
        command.service.text,
        ...command.path.map((word) => word.text),
        ...command.operands.map(({ word }) => word.text),
        ...command.options.flatMap(optionWords),
        ...command.globals.filter(({ option }) => option.name !== "profile").flatMap(optionWords),
      ];
  }
};

// The CLI waives required options where it finds one of these as a word of its own (awscli/customizations/cliinput.py,
// generatecliskeleton.py). Their values begin with no hyphen: one is a choice, the other was read as JSON.
const TWO_WORDS = new Set(["cli-input-json", "generate-cli-skeleton"]);

// INVARIANT: a list's words are values to argparse (`isValueWord`), so the list ends where the next option begins.
const optionWords = ({ option, words }: GivenOption): readonly string[] => {
  const values = words.map((word) => word.text);
  const [first] = values;
  if (first === undefined) return [`--${option.name}`];
  return values.length === 1 && !TWO_WORDS.has(option.name)
    ? [`--${option.name}=${first}`]
    : [`--${option.name}`, ...values];
};
