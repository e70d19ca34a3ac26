import type { AwsOperation, AwsWord, GivenOption } from "../../catalogue/command/command.js";
import { isPath } from "../../catalogue/command/value-shape.js";
import type { OptionTable } from "../../catalogue/service-table.js";
import { isFileReference, splitReference } from "../../catalogue/values/file-reference.js";
import type { RuleBook } from "../rule-book.js";
import { type FileUse, isOutput, workspacePath } from "./file-uses.js";

/**
 * The command with every word that names a file made absolute, so that it cannot mean another one, and an outfile `-`
 * made the stage's own output: the CLI would write a file of that name. References inside of a structure stay as
 * written; they are relative to the workspace, which is the stage's working directory.
 *
 * @param transfer the files of an `aws s3` transfer, by their words
 */
export const placeFiles = (
  command: AwsOperation,
  transfer: readonly FileUse[],
  { workspace, catalogue }: Pick<RuleBook, "workspace" | "catalogue">,
): AwsOperation => ({
  ...command,
  globals: streamsOnly(command, catalogue.globals.options.get("output")),
  operands: command.operands.map(({ slot, word }) => {
    const use = transfer.find((file) => file.argument === word.argument);
    if (use !== undefined) return { slot, word: { ...word, text: use.path } };
    return { slot, word: isPath(slot) ? placePath(word, workspace) : placeReference(word, workspace) };
  }),
  options: command.options.map((given) => placeOption(given, workspace)),
});

// Beside the object the CLI prints its metadata; on one stream the two would be mixed. Whoever asks for an output or a
// query gets it all the same.
const streamsOnly = (command: AwsOperation, output: OptionTable | undefined): readonly GivenOption[] => {
  const streams = command.operands.some(({ slot, word }) => slot.mark === "writes-file" && isOutput(word.text));
  const asked = command.globals.some(({ option }) => option.name === "output" || option.name === "query");
  if (!streams || asked || output === undefined) return command.globals;
  return [...command.globals, { option: output, argument: 0, words: [{ text: "off", argument: 0 }] }];
};

const placeOption = (given: GivenOption, workspace: string): GivenOption => ({
  ...given,
  words: given.words.map((word) => {
    if (isPath(given.option)) return placePath(word, workspace);
    // The CLI loads a file only where it is the only word.
    return given.words.length === 1 ? placeReference(word, workspace) : word;
  }),
});

const placePath = (word: AwsWord, workspace: string): AwsWord => {
  const { path } = splitReference(word.text);
  return { ...word, text: isOutput(path) ? "/dev/stdout" : absolute(path, workspace) };
};

const placeReference = (word: AwsWord, workspace: string): AwsWord => {
  if (!isFileReference(word.text)) return word;
  const { prefix, path } = splitReference(word.text);
  return { ...word, text: prefix + absolute(path, workspace) };
};

// INVARIANT: `fileUses` has accepted every path before this; one that it would not accept stays as it was and was refused.
const absolute = (text: string, workspace: string): string => {
  const path = workspacePath(text, workspace, 0);
  return path.ok ? (path.value ?? text) : text;
};
