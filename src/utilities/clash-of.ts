import type { FileOperand } from "./emit-operand.js";
import type { ReadOperand } from "./reading.js";
import { refusal } from "./refusal.js";

/** The refusal of a file that could not be made beside those before it: of the same name, or a folder of one or the other. */
export const clashOf = (
  { path, how }: Pick<FileOperand, "path" | "how">,
  files: readonly FileOperand[],
  { text, argument }: ReadOperand,
) => {
  if (how !== "write") return undefined;
  const made = files.filter((file) => file.how === "write").map((file) => file.path);
  if (made.includes(path))
    return refusal("bad-operand", argument, `\`${text}\` is written twice`, "write each file once");
  if (!made.some((other) => path.startsWith(`${other}/`) || other.startsWith(`${path}/`))) return undefined;
  const message = `\`${text}\` cannot be a file beside the others: one of them would be a folder`;
  return refusal("bad-operand", argument, message, "write files of different names");
};
