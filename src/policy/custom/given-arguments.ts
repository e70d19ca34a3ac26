import { textValue, type Value } from "../../catalogue/values/value.js";
import type { CommandFacts } from "./command-facts.js";

/** A command's options, the global ones among them, and its operands. */
export type GivenArguments = {
  readonly options: readonly GivenArgument[];
  readonly operands: readonly string[];
};

export type GivenArgument = {
  /** The full name without hyphens. */
  readonly name: string;
  /** The word of the stage that gives it. */
  readonly argument: number;
  /** `true` for a flag. */
  readonly value: Value;
  /** Whether it is given at all: JSON input that nobody has read could give any option. */
  readonly isCertain: boolean;
};

/** What a command was given, in the order in which it was. */
export const givenArguments = (facts: CommandFacts): GivenArguments => ({
  options: [
    ...ownArguments(facts),
    ...facts.command.globals.map(({ option, argument, words }) => ({
      name: option.name,
      argument,
      value: globalValue(words[0]?.text),
      isCertain: true,
    })),
  ],
  operands: facts.command.operands.map(({ word }) => word.text),
});

const ownArguments = ({ command, values }: CommandFacts): readonly GivenArgument[] => {
  const own = values.map(({ option, argument, value }) => ({
    ...straightened(option.name, option.twin, argument, value),
    isCertain: value.kind !== "file" || command.options.some((given) => given.option.name === option.name),
  }));
  const unread = own.find(({ isCertain }) => !isCertain);
  if (unread === undefined) return own;
  // Options of the CLI's own, as `--count`, are short for members that such input has.
  const others = [...command.table.options.keys()].filter(
    (name) => !own.some((each) => each.name === name) && !command.options.some(({ option }) => option.name === name),
  );
  return [...own, ...others.map((name) => ({ ...unread, name }))];
};

const globalValue = (text: string | undefined): Value =>
  text === undefined ? { kind: "boolean", value: true } : textValue(text);

// `{"DeletionProtection": false}` is `--no-deletion-protection`.
const straightened = (
  name: string,
  twin: string | undefined,
  argument: number,
  value: Value,
): Omit<GivenArgument, "isCertain"> =>
  value.kind === "boolean" && !value.value && twin !== undefined
    ? { name: twin, argument, value: { kind: "boolean", value: true } }
    : { name, argument, value };
