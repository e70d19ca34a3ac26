import { givenValues } from "../../../src/catalogue/command/given-values.js";
import { readCommand } from "../../../src/catalogue/command/read-command.js";
import type { GivenCommand } from "../../../src/catalogue/rules/argument-hits.js";
import { textValue } from "../../../src/catalogue/values/value.js";
import { exampleWords } from "../../../src/utilities/example-words.js";
import { catalogue } from "./committed.js";

/** A command's text as data, read as the AWS CLI reads it; throws where it would refuse. */
export const given = (text: string): GivenCommand => {
  const argv = argvOf(text);
  const read = readCommand(catalogue, argv);
  if (!read.ok) throw new Error(`${text}: ${read.error.message}`);
  if (read.value.kind !== "operation") throw new Error(`${text}: asks for help`);
  const command = read.value;
  const values = givenValues(command);
  if (!values.ok) throw new Error(`${text}: ${values.error.message}`);
  const globals = command.globals.map(({ option, words }) => ({
    name: option.name,
    twin: option.twin,
    value: textValue(words[0]?.text ?? ""),
  }));
  return {
    service: command.table.service,
    operation: command.table.name,
    options: [
      ...globals,
      ...values.value.map(({ option, value }) => ({ name: option.name, twin: option.twin, value })),
    ],
    operands: command.operands.map(({ word }) => word.text),
  };
};

const argvOf = (text: string): readonly string[] => {
  const words = exampleWords(text);
  if (words === undefined) throw new Error(`${text}: is not one command`);
  return words;
};
