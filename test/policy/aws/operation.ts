import type { AwsOperation } from "../../../src/catalogue/command/command.js";
import { type GivenValue, givenValues } from "../../../src/catalogue/command/given-values.js";
import { readCommand } from "../../../src/catalogue/command/read-command.js";
import { planText } from "../../../src/check.js";
import { catalogue } from "../../catalogue/effects/committed.js";
import { SETTINGS } from "../settings.js";

/** A command's text as judging sees it; throws where it cannot be read so far. */
export const operation = (text: string): { readonly command: AwsOperation; readonly values: readonly GivenValue[] } => {
  const planned = planText(text, SETTINGS);
  if (!planned.ok) throw new Error(`${text}: ${planned.error.message}`);
  const read = readCommand(
    catalogue,
    planned.value.stages[0].arguments.map((argument) => argument.text),
  );
  if (!read.ok || read.value.kind !== "operation") throw new Error(`${text} is no operation`);
  const values = givenValues(read.value);
  if (!values.ok) throw new Error(`${text}: ${values.error.message}`);
  return { command: read.value, values: values.value };
};
