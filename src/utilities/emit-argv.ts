import { err, ok, type Result } from "../language/result.js";
import { emitOperand, type FileOperand } from "./emit-operand.js";
import { emitOption, flag } from "./emit-option.js";
import type { FilledOperand } from "./fill-operands.js";
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
  for (const read of options.filter(({ option }) => !option.turns)) {
    const emitted = emitOption(utility, read);
    if (!emitted.ok) return emitted;
    argv.push(...emitted.value);
  }
  argv.push(...separator(utility, options, operands));
  let turned: UtilityOption | undefined;
  for (const operand of operands) {
    if (operand.turnedBy && operand.turnedBy !== turned) argv.push(flag(operand.turnedBy));
    turned = operand.turnedBy;
    const emitted = emitOperand(utility, operand, workspace);
    if (!emitted.ok) return err(emitted.error);
    if (emitted.value.file) files.push({ argument: argv.length, path: emitted.value.text });
    argv.push(emitted.value.text);
  }
  return ok({ argv, files });
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
