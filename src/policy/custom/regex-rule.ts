import type { RE2JS } from "re2js";
import type { CommandText } from "./command-text.js";
import { couldBeUnread } from "./could-be-unread.js";
import type { FileRegex } from "./policy-schema.js";
import { canonicalLine, plainLine, someRendering } from "./renderings.js";

/** A pattern of the operator's, ready to be looked for. */
export type RegexRule = FileRegex & {
  readonly where: string;
  readonly compiled: RE2JS;
  /** Text that a match of each alternative begins with; empty where that is not known. */
  readonly begins: readonly string[];
};

/** Whether the pattern is found in some way to write the command down, or could be in what nobody has read or knows yet. */
export const regexHits = ({ pattern, compiled, begins }: RegexRule, command: CommandText): boolean => {
  const line = canonicalLine(command);
  if (compiled.test(line)) return true;
  // Quotes and order make no new text that begins with `aws`.
  const plain = plainLine(command);
  if (!begins.some((text) => plain.includes(text))) return false;
  return couldBeUnread(pattern, command) || someRendering(command, pattern, (text) => compiled.test(text));
};
