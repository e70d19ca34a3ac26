import { err, ok, type Result } from "../language/result.js";
import { readFileOperand, readFolderOperand, readOutputOperand } from "../plan/workspace-file.js";
import type { FilledOperand } from "./fill-operands.js";
import { judgeValue } from "./judge-value.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import { folderName, outputName } from "./relative-name.js";
import type { Utility } from "./utility-grammar.js";

/** A file operand of the argv that runs. */
export type FileOperand = {
  /** Index into that argv. */
  readonly argument: number;
  /** Absolute, and inside the workspace as text, or the workspace. */
  readonly path: string;
  /** Whether it is read, read with all that is in it, or made. */
  readonly how: FileOperandHow;
};

export type FileOperandHow = "read" | "folder" | "write";

/** `file`: the file that the word names, where it names one. */
export type EmittedOperand = { readonly text: string; readonly file: Omit<FileOperand, "argument"> | undefined };

/**
 * Judges an operand and gives the word to write. A file that is read becomes an absolute path, standard input `-`; what is
 * listed or made stays relative, since the stage runs in the workspace, or in a folder that stands for it.
 */
export const emitOperand = (
  utility: Utility,
  operand: FilledOperand,
  workspace: string,
): Result<EmittedOperand, UtilityRefusal> => {
  const { argument, name, text, value } = operand;
  switch (value.kind) {
    case "workspace-file": {
      const file = readFileOperand(text, workspace);
      if (!file.ok) return err({ ...file.error, argument });
      if (file.value.kind === "stdin") return stdin(utility, operand, value.stdin);
      return ok({ text: file.value.path, file: { path: file.value.path, how: "read" } });
    }
    case "workspace-folder": {
      const folder = readFolderOperand(text, workspace);
      if (!folder.ok) return err({ ...folder.error, argument });
      return ok({ text: folderName(text, folder.value, workspace), file: { path: folder.value, how: "folder" } });
    }
    case "workspace-output": {
      const file = readOutputOperand(text, workspace);
      if (!file.ok) return err({ ...file.error, argument });
      return ok({ text: outputName(file.value, workspace), file: { path: file.value, how: "write" } });
    }
  }
  const judged = judgeValue(value, text, `the ${name}`);
  if (!judged.ok) return err({ ...judged.error, argument });
  return wouldBeOption(utility, text) ? mistaken(utility, operand) : ok({ text: judged.value, file: undefined });
};

const wouldBeOption = ({ grammar: { syntax, terminator } }: Utility, text: string): boolean => {
  switch (syntax) {
    case "gnu":
    case "dash":
    case "plain":
      return !terminator && /^-./s.test(text);
    case "exact":
      return /^-[-a-zA-Z]/.test(text);
    case "predicates":
      return /^[-(),!]/.test(text);
    case "echo":
      return false;
  }
};

const stdin = (
  utility: Utility,
  { argument, text }: FilledOperand,
  known: false | undefined,
): Result<EmittedOperand, UtilityRefusal> => {
  if (known !== false) return ok({ text: "-", file: undefined });
  const message = `\`${utility.grammar.name}\` does not read \`${text}\` as its input`;
  return refusal("bad-operand", argument, message, `leave \`${text}\` out to read the pipe`);
};

const mistaken = (utility: Utility, { argument, name, text }: FilledOperand) => {
  const message = `\`${utility.grammar.name}\` would read the ${name} \`${text}\` as an option`;
  return refusal("bad-operand", argument, message, "put a blank or a parenthesis before it");
};
