import type { AwsOperation } from "./catalogue/command/command.js";
import { readCommand } from "./catalogue/command/read-command.js";
import type { Catalogue } from "./catalogue/service-table.js";
import type { Argument, Stage } from "./plan/plan.js";
import { UNKNOWN_ITEM } from "./plan/unknown.js";
import { commandOf } from "./utilities/xargs/command-of.js";
import { fillCommand } from "./utilities/xargs/fill-command.js";
import { readXargs } from "./utilities/xargs/read-xargs.js";

/** An aws command of a text, and the index of the word `aws` in its stage. */
export type StageOperation = { readonly operation: AwsOperation; readonly at: number };

/** The aws command that a stage runs, itself or by xargs, with a place for an item. Nothing for help and what cannot be read. */
export const awsOperationOf = (stage: Stage, catalogue: Catalogue): StageOperation | undefined => {
  const { at, words } = executed(stage);
  if (words[0].text !== "aws") return undefined;
  const read = readCommand(
    catalogue,
    words.map(({ text }) => text),
  );
  return read.ok && read.value.kind === "operation" ? { operation: read.value, at } : undefined;
};

/** The value of a global option that a command names, such as `profile`. */
export const globalOf = ({ globals }: AwsOperation, name: string): string | undefined =>
  globals.find(({ option }) => option.name === name)?.words[0]?.text;

type Executed = { readonly at: number; readonly words: readonly [Argument, ...Argument[]] };

const executed = ({ arguments: words }: Stage): Executed => {
  if (words[0].text !== "xargs") return { at: 0, words };
  const call = readXargs(words.map(({ text }) => text));
  if (!call.ok) return { at: 0, words };
  const command = fillCommand(call.value, commandOf(call.value, words), [UNKNOWN_ITEM]);
  return { at: call.value.command ?? 0, words: command };
};
