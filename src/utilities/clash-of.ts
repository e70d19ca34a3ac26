import type { FileOperand } from "./emit-operand.js";
import type { ReadOperand } from "./reading.js";
import { refusal } from "./refusal.js";

/** Files that a stage makes, and the folders that these stand in, by their absolute paths. */
export type MadeFiles = { readonly files: Set<string>; readonly folders: Set<string> };

/**
 * The refusal of a file that could not be made beside those before it: of the same name, or a folder of one or the other.
 * Otherwise the file joins them.
 */
export const clashOf = (
  { path, how }: Pick<FileOperand, "path" | "how">,
  made: MadeFiles,
  { text, argument }: ReadOperand,
) => {
  if (how !== "write") return undefined;
  if (made.files.has(path))
    return refusal("bad-operand", argument, `\`${text}\` is written twice`, "write each file once");
  const above = parents(path);
  if (made.folders.has(path) || above.some((folder) => made.files.has(folder))) {
    const message = `\`${text}\` cannot be a file beside the others: one of them would be a folder`;
    return refusal("bad-operand", argument, message, "write files of different names");
  }
  made.files.add(path);
  for (const folder of above) made.folders.add(folder);
  return undefined;
};

const parents = (path: string): readonly string[] => {
  const found: string[] = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) found.push(path.slice(0, at));
  return found;
};
