import { err, ok, type Result } from "../language/result.js";
import { clashOf, type MadeFiles } from "./clash-of.js";
import { emitOperand, type FileOperand } from "./emit-operand.js";
import { emitOption, flag } from "./emit-option.js";
import type { FilledOperand } from "./fill-operands.js";
import { joinOptions } from "./join-options.js";
import type { ReadOption } from "./reading.js";
import type { UtilityRefusal } from "./refusal.js";
import type { Utility, UtilityOption } from "./utility-grammar.js";

export type Emitted = { readonly argv: readonly string[]; readonly files: readonly FileOperand[] };

/**
 * Writes the canonical argv: the engine's flags, the user's options in their order and in full, `--` where it is understood,
 * the operands. A utility that reads it cannot find another meaning in it than the one that was judged.
 */
export const emitArgv = (
  utility: Utility,
  options: readonly ReadOption[],
  operands: readonly FilledOperand[],
  workspace: string,
): Result<Emitted, UtilityRefusal> => {
  const argv = [utility.grammar.runs, ...utility.adds.map(flag)];
  const files: FileOperand[] = [];
  const made: MadeFiles = { files: new Set(), folders: new Set() };
  const { before, behind } = placed(utility, unwritten(utility, options));
  const first = emitOptions(utility, before);
  if (!first.ok) return first;
  argv.push(...first.value, ...separator(utility, options, operands));
  let turned: UtilityOption | undefined;
  for (const operand of operands) {
    if (operand.turnedBy && operand.turnedBy !== turned) argv.push(flag(operand.turnedBy));
    turned = operand.turnedBy;
    const emitted = emitOperand(utility, operand, workspace);
    if (!emitted.ok) return err(emitted.error);
    const { text, file } = emitted.value;
    const clash = file && clashOf(file, made, operand);
    if (clash) return clash;
    if (file) files.push({ argument: argv.length, ...file });
    argv.push(text);
  }
  const last = emitOptions(utility, behind);
  return last.ok ? ok({ argv: [...argv, ...last.value], files }) : last;
};

/** An expression stands behind the operands, and only the letters before them. */
const placed = ({ grammar }: Utility, options: readonly ReadOption[]) =>
  grammar.syntax === "predicates"
    ? {
        before: options.filter(({ option }) => option.short.length > 0),
        behind: options.filter(({ option }) => option.short.length === 0),
      }
    : { before: options, behind: [] };

/** The options without those that the engine writes, where they begin with them as an argv of the engine's own does. */
const unwritten = ({ adds }: Utility, options: readonly ReadOption[]): readonly ReadOption[] =>
  adds.every((option, index) => options[index]?.option === option) ? options.slice(adds.length) : options;

const emitOptions = (utility: Utility, options: readonly ReadOption[]): Result<readonly string[], UtilityRefusal> => {
  const argv: string[] = [];
  const joined = joinOptions(utility, options);
  if (!joined.ok) return joined;
  for (const read of joined.value.filter(({ option }) => !option.turns)) {
    const emitted = emitOption(utility, read);
    if (!emitted.ok) return emitted;
    argv.push(...emitted.value);
  }
  return ok(argv);
};

const separator = (
  { grammar }: Utility,
  options: readonly ReadOption[],
  operands: readonly FilledOperand[],
): readonly string[] => {
  if (grammar.terminator) return operands.length > 0 ? ["--"] : [];
  // A lone `--help` or `--version` is all that GNU echo does not print; a leading `-E`, its default, keeps it text.
  const lone = grammar.syntax === "echo" && options.length === 0 && operands.length === 1;
  return lone && operands[0]?.text.startsWith("--") ? ["-E"] : [];
};
