import { err, ok, type Result } from "../language/result.js";
import { readFileOperand } from "./file-operand.js";
import type { FilledOperand } from "./fill-operands.js";
import { judgeValue } from "./judge-value.js";
import type { ReadOption, Slice } from "./reading.js";
import { refusal, type UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOption } from "./utility-grammar.js";

/** A file operand of the argv that runs. */
export type FileOperand = {
  /** Index into that argv. */
  readonly argument: number;
  /** Absolute, and inside the workspace as text. */
  readonly path: string;
};

export type Emitted = { readonly argv: readonly string[]; readonly files: readonly FileOperand[] };

type Words = { readonly argv: string[]; readonly files: FileOperand[] };

/** Writes the canonical argv: the engine's flags, the user's options in their order and in full, `--` where it is understood, the operands. */
export const emitArgv = (
  utility: Utility,
  options: readonly ReadOption[],
  operands: readonly FilledOperand[],
  workspace: string,
): Result<Emitted, UtilityRefusal> => {
  const words: Words = { argv: [utility.grammar.runs, ...utility.adds.map(flag)], files: [] };
  for (const read of options.filter(({ option }) => !option.turns)) {
    const emitted = emitOption(utility, read);
    if (!emitted.ok) return emitted;
    words.argv.push(...emitted.value);
  }
  separate(utility, operands, words);
  let turned: UtilityOption | undefined;
  for (const operand of operands) {
    if (operand.turnedBy && operand.turnedBy !== turned) words.argv.push(flag(operand.turnedBy));
    turned = operand.turnedBy;
    const problem = emitOperand(utility, operand, workspace, words);
    if (problem) return err(problem);
  }
  return ok(words);
};

// A lone `--help` is the one word that GNU echo does not print; a leading `-E`, its default, keeps it text.
const separate = (utility: Utility, operands: readonly FilledOperand[], words: Words): void => {
  if (utility.grammar.terminator && operands.length > 0) words.argv.push("--");
  if (utility.grammar.syntax === "echo" && words.argv.length === 1 && operands[0]?.text.startsWith("--"))
    words.argv.push("-E");
};

const emitOption = (utility: Utility, read: ReadOption): Result<readonly string[], UtilityRefusal> => {
  const texts: string[] = [];
  for (const [index, slice] of read.values.entries()) {
    const kind = read.option.values[index];
    if (!kind) continue;
    const judged = judgeValue(kind, slice.text, `\`${read.spelled}\``);
    if (!judged.ok) return err({ ...judged.error, argument: slice.argument });
    texts.push(judged.value);
  }
  return ok(spell(utility, read.option, texts));
};

const spell = (utility: Utility, option: UtilityOption, values: readonly string[]): readonly string[] => {
  const [value] = values;
  if (value === undefined || utility.grammar.syntax !== "gnu") return [flag(option), ...values];
  if (option.long[0] !== undefined) return [`--${option.long[0]}=${value}`];
  return value === "" ? [flag(option), value] : [`${flag(option)}${value}`];
};

const flag = (option: UtilityOption): string =>
  option.long[0] === undefined ? `-${option.short[0]}` : `--${option.long[0]}`;

const emitOperand = (
  utility: Utility,
  operand: FilledOperand,
  workspace: string,
  words: Words,
): UtilityRefusal | undefined => {
  if (operand.value.kind === "workspace-file") return emitFile(operand, workspace, words);
  const judged = judgeValue(operand.value, operand.text, `the ${operand.name}`);
  if (!judged.ok) return { ...judged.error, argument: operand.argument };
  if (utility.grammar.syntax === "exact" && /^-[-a-zA-Z]/.test(operand.text)) return looksLikeOption(utility, operand);
  words.argv.push(judged.value);
  return undefined;
};

const emitFile = (operand: Slice, workspace: string, words: Words): UtilityRefusal | undefined => {
  const file = readFileOperand(operand.text, workspace);
  if (!file.ok) return { ...file.error, argument: operand.argument };
  if (file.value.kind === "file") words.files.push({ argument: words.argv.length, path: file.value.path });
  words.argv.push(file.value.kind === "stdin" ? "-" : file.value.path);
  return undefined;
};

const looksLikeOption = (utility: Utility, operand: FilledOperand): UtilityRefusal | undefined => {
  const message = `\`${utility.grammar.name}\` would read the ${operand.name} \`${operand.text}\` as an option`;
  const refused = refusal("bad-operand", operand.argument, message, "put a blank or a parenthesis before it");
  return refused.error;
};
