import type { AwsOperation, AwsWord, GivenOption } from "../../catalogue/command/command.js";
import { isPath } from "../../catalogue/command/value-shape.js";
import type { OptionTable } from "../../catalogue/service-table.js";
import { isFileReference, splitReference } from "../../catalogue/values/file-reference.js";
import type { RuleBook } from "../rule-book.js";
import { type FileUse, isOutput, workspacePath } from "./file-uses.js";

/**
 * The command with every word that names a file made relative to the workspace: the stage runs in a folder of its own, in
 * which its files lie under the same names. An outfile `-` becomes the stage's own output: the CLI would write a file of
 * that name. References inside of a structure stay as written, and are relative.
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
    if (use !== undefined) return { slot, word: { ...word, text: operandName(use.path, workspace) } };
    return { slot, word: isPath(slot) ? placePath(word, workspace) : word };
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
  if (isOutput(path)) return { ...word, text: "/dev/stdout" };
  const file = workspacePath(path, workspace, word.argument);
  return file.ok && file.value !== undefined ? { ...word, text: operandName(file.value, workspace) } : word;
};

const placeReference = (word: AwsWord, workspace: string): AwsWord => {
  if (!isFileReference(word.text)) return word;
  const { prefix, path } = splitReference(word.text);
  const file = workspacePath(path, workspace, word.argument);
  return file.ok && file.value !== undefined ? { ...word, text: prefix + relativeName(file.value, workspace) } : word;
};

// INVARIANT: `fileUses` has accepted every path before this; one that it would not accept was refused.
const relativeName = (path: string, workspace: string): string =>
  path === workspace ? "." : path.slice(workspace.length + 1);

// A word that begins with a hyphen would be an option.
const operandName = (path: string, workspace: string): string => {
  const name = relativeName(path, workspace);
  return name.startsWith("-") ? `./${name}` : name;
};
