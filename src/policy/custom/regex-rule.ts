import type { RE2JS } from "re2js";
import type { CommandText } from "./command-text.js";
import type { FileRegex } from "./policy-schema.js";
import { canonicalLine, plainLine, someRendering } from "./renderings.js";

/** A pattern of the operator's, ready to be looked for. */
export type RegexRule = FileRegex & {
  readonly where: string;
  readonly compiled: RE2JS;
  /** Text that each match begins with, where that is known. */
  readonly begins: string;
};

/** Whether the pattern is found in some way to write the command down. */
export const regexHits = ({ pattern, compiled, begins }: RegexRule, command: CommandText): boolean => {
  const line = canonicalLine(command);
  if (compiled.test(line)) return true;
  // Quotes and order make no new text that begins with `aws`.
  if (begins !== "" && !plainLine(command).includes(begins)) return false;
  return someRendering(command, pattern, (text) => compiled.test(text));
};
