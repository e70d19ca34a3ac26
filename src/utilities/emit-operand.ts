import { err, ok, type Result } from "../language/result.js";
import { readFileOperand } from "../plan/workspace-file.js";
import type { FilledOperand } from "./fill-operands.js";
import { judgeValue } from "./judge-value.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility } from "./utility-grammar.js";

/** A file operand of the argv that runs. */
export type FileOperand = {
  /** Index into that argv. */
  readonly argument: number;
  /** Absolute, and inside the workspace as text. */
  readonly path: string;
};

export type EmittedOperand = { readonly text: string; readonly file: boolean };

/** Judges an operand and gives the word to write; a file becomes an absolute path, standard input `-`. */
export const emitOperand = (
  utility: Utility,
  operand: FilledOperand,
  workspace: string,
): Result<EmittedOperand, UtilityRefusal> => {
  const { argument, name, text, value } = operand;
  if (value.kind === "workspace-file") {
    const file = readFileOperand(text, workspace);
    if (!file.ok) return err({ ...file.error, argument });
    return ok(file.value.kind === "file" ? { text: file.value.path, file: true } : { text: "-", file: false });
  }
  const judged = judgeValue(value, text, `the ${name}`);
  if (!judged.ok) return err({ ...judged.error, argument });
  return wouldBeOption(utility, text) ? mistaken(utility, operand) : ok({ text: judged.value, file: false });
};

const wouldBeOption = ({ grammar: { syntax, terminator } }: Utility, text: string): boolean => {
  switch (syntax) {
    case "gnu":
      return !terminator && /^-./s.test(text);
    case "exact":
      return /^-[-a-zA-Z]/.test(text);
    case "echo":
      return false;
  }
};

const mistaken = (utility: Utility, { argument, name, text }: FilledOperand) => {
  const message = `\`${utility.grammar.name}\` would read the ${name} \`${text}\` as an option`;
  return refusal("bad-operand", argument, message, "put a blank or a parenthesis before it");
};
