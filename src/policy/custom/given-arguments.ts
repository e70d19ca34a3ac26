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
};

/** What a command was given, in the order in which it was. */
export const givenArguments = ({ command, values }: CommandFacts): GivenArguments => ({
  options: [
    ...values.map(({ option, argument, value }) => straightened(option.name, option.twin, argument, value)),
    ...command.globals.map(({ option, argument, words }) => ({
      name: option.name,
      argument,
      value: globalValue(words[0]?.text),
    })),
  ],
  operands: command.operands.map(({ word }) => word.text),
});

const globalValue = (text: string | undefined): Value =>
  text === undefined ? { kind: "boolean", value: true } : textValue(text);

// `{"DeletionProtection": false}` is `--no-deletion-protection`.
const straightened = (name: string, twin: string | undefined, argument: number, value: Value): GivenArgument =>
  value.kind === "boolean" && !value.value && twin !== undefined
    ? { name: twin, argument, value: { kind: "boolean", value: true } }
    : { name, argument, value };
